import { ArrowRight, Circle, CircleCheck } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { FirstStep } from '@/lib/workspaces/first-steps-rules';
import { Section } from '../ui/section';
import { DismissFirstSteps } from './dismiss-first-steps';

export interface HomeFirstStepsProps {
  steps: FirstStep[];
  workspace: string;
  isSample: boolean;
}

/** Write, review, release, train, prove: what is done, and the page of what is not. */
export function HomeFirstSteps({ steps, workspace, isSample }: HomeFirstStepsProps) {
  const t = useTranslations('home.firstSteps');
  const done = steps.filter(({ isDone }) => isDone).length;
  return (
    <Section
      className="max-w-3xl"
      title={t('title')}
      description={t(done === steps.length ? 'allDone' : isSample ? 'sampleText' : 'text', {
        done,
        total: steps.length,
      })}
      actions={<DismissFirstSteps workspace={workspace} />}
    >
      <ol className="flex flex-col border-t">
        {steps.map((step) => (
          <li key={step.kind} className="border-b">
            {step.path ? (
              <Link
                href={`/w/${workspace}${step.path}`}
                className="focus-inset group flex items-start gap-3 px-1 py-3 hover:bg-hover/60 sm:px-2"
              >
                <StepText step={step} isSample={isSample} />
                <ArrowRight aria-hidden="true" className="mt-0.5 text-ink-3 group-hover:text-ink" />
              </Link>
            ) : (
              <div className="flex items-start gap-3 px-1 py-3 sm:px-2">
                <StepText step={step} isSample={isSample} />
              </div>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function StepText({ step, isSample }: { step: FirstStep; isSample: boolean }) {
  const t = useTranslations('home.firstSteps');
  const { kind, isDone, doneBy, path } = step;
  const Icon = isDone ? CircleCheck : Circle;
  return (
    <>
      <Icon aria-hidden="true" className={isDone ? 'mt-0.5 text-positive' : 'mt-0.5 text-ink-3'} />
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{t(`${kind}.title`)}</span>
          {isDone ? <span className="text-12 text-ink-3">{t('done')}</span> : null}
        </span>
        <span className="block text-13 text-pretty text-ink-2">
          {t(`${kind}.text`)}{' '}
          {doneBy && !isDone ? t(isSample ? 'switchRole' : 'byOther', { role: doneBy }) : null}
          {!doneBy && !path && !isDone ? t(`${kind}.later`) : null}
        </span>
      </span>
    </>
  );
}
