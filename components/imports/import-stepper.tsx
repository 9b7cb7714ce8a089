import { getTranslations } from 'next-intl/server';
import { Stepper } from '@/components/ui/stepper';
import { canVisit, stepOf } from '@/lib/imports/import-rules';
import { type ImportState, type ImportStep, importSteps } from '@/lib/imports/import-schema';

export interface ImportStepperProps {
  /** Address of the import's page; absent before the upload. */
  href?: string;
  state?: ImportState;
  current: ImportStep;
}

/** The four steps of an import; those that were reached can be visited again. */
export async function ImportStepper({ href, state, current }: ImportStepperProps) {
  const t = await getTranslations('imports.steps');
  const furthest = state ? importSteps.indexOf(stepOf(state)) : 0;
  const isOver = state === 'imported' || state === 'undone';
  const steps = importSteps.map((id, index) => ({
    id,
    label: t(id),
    state:
      id === current && !(id === 'done' && isOver)
        ? ('current' as const)
        : index < furthest || (id === 'done' && isOver)
          ? ('done' as const)
          : ('todo' as const),
    href: href && state && canVisit(state, id) ? `${href}?step=${id}` : undefined,
  }));
  return <Stepper steps={steps} />;
}
