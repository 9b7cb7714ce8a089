'use client';

import { Check, CircleAlert } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { cn } from './cn';

export interface Step {
  id: string;
  label: string;
  state: 'done' | 'current' | 'todo' | 'failed';
  /** Where a step that can be visited again leads. */
  href?: string | undefined;
  onSelect?: () => void;
}

/** The steps of a wizard or a job; those with `href` or `onSelect` can be revisited. */
export function Stepper({ steps }: { steps: Step[] }) {
  const t = useTranslations('ui');
  return (
    <nav aria-label={t('steps')} className="-ms-1.5">
      <ol className="flex flex-wrap items-center gap-x-1 gap-y-1">
        {steps.map((step, index) => (
          <li key={step.id} className="flex items-center gap-1">
            {index > 0 ? (
              <span aria-hidden="true" className="h-px w-3 bg-line-strong/60 sm:mx-1 sm:w-8" />
            ) : null}
            <StepLabel step={step} number={index + 1} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StepLabel({ step, number }: { step: Step; number: number }) {
  const t = useTranslations('ui');
  const current = step.state === 'current';
  const mark = {
    done: <Check aria-hidden="true" className="size-3! stroke-3!" />,
    failed: <CircleAlert aria-hidden="true" />,
    current: number,
    todo: number,
  }[step.state];
  const state = { done: t('stepDone'), failed: t('stepFailed'), current: null, todo: null };
  const content = (
    <>
      <span
        className={cn(
          'tabular inline-flex size-5 items-center justify-center rounded-full text-12 font-medium',
          step.state === 'done' && 'bg-accent-soft text-accent-ink',
          current && 'bg-accent text-on-accent',
          step.state === 'todo' && 'border border-line-strong text-ink-3',
          step.state === 'failed' && 'text-negative',
        )}
      >
        {mark}
      </span>
      <span
        className={cn('text-13', current ? 'font-medium text-ink' : 'text-ink-2 max-sm:sr-only')}
      >
        {step.label}
      </span>
      {state[step.state] ? <span className="sr-only">, {state[step.state]}</span> : null}
    </>
  );
  const look = 'flex min-h-8 items-center gap-2 rounded-control px-1.5';
  const mutual = { className: cn(look, 'hover:bg-hover'), children: content };
  if (step.href && !current) return <Link href={step.href} {...mutual} />;
  if (step.onSelect && !current) {
    return <button type="button" onClick={step.onSelect} {...mutual} />;
  }
  return (
    <span aria-current={current ? 'step' : undefined} className={look}>
      {content}
    </span>
  );
}
