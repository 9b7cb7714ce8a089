'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { cn } from '../ui/cn';
import type { RuleTrialState } from './use-rule-trial';

export interface RuleTrialResultProps {
  /** A rule's id, or SLOT_CHECKS. */
  ruleKey: string;
  trial: RuleTrialState;
  /** Where an example opens. */
  exampleHref: (number: number) => string;
}

/** What a rule would flag among the existing examples, with the first of them. */
export function RuleTrialResult({ ruleKey, trial, exampleHref }: RuleTrialResultProps) {
  const t = useTranslations('brief.trial');
  const flagged = trial.flagged[ruleKey];
  const total = trial.checked;
  if (!flagged) {
    return trial.status === 'running' ? null : (
      <p className="text-13 text-ink-3">{t('flagsNone', { total })}</p>
    );
  }
  const { count, examples } = flagged;
  return (
    <details className="text-13">
      <summary className="tabular w-fit rounded-[4px] text-caution">
        {t('flags', { count, total })}
      </summary>
      <p className="mt-2 text-12 text-ink-3">{t('first', { shown: examples.length, count })}</p>
      <ul className="mt-1 flex flex-col border-s ps-3">
        {examples.map((example) => (
          <li key={example.exampleId} className="flex min-h-7 items-baseline gap-3 py-0.5">
            <Link
              href={exampleHref(example.number)}
              target="_blank"
              className="tabular shrink-0 text-accent-ink underline underline-offset-3"
            >
              {t('example', { number: example.number })}
            </Link>
            <span dir="auto" className={cn('min-w-0 truncate text-ink-2')}>
              {example.excerpt}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
