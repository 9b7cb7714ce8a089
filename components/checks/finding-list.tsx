'use client';

import { CircleCheck, OctagonAlert, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { VisibleText } from '../ui/visible-text';
import { FindingDismissDialog } from './finding-dismiss-dialog';
import { useFindingText } from './use-finding-text';

/** A finding as it is shown; findings of a text that is being typed have no id and cannot be dismissed. */
export type ShownFinding = {
  id?: string;
  check: string;
  ruleId?: string | null;
  severity: 'blocker' | 'warning';
  spanStart: number | null;
  spanEnd: number | null;
  detail: unknown;
  state?: 'open' | 'dismissed' | 'fixed';
  dismissReason?: string | null;
};

export interface FindingListProps {
  findings: readonly ShownFinding[];
  /** The rules of the brief: a finding says the name of its rule, where it has one. */
  rules?: readonly { id: string; name?: string }[];
  /** Leads to the words of a finding. */
  onShow?: ((finding: ShownFinding) => void) | undefined;
  /** Left out where the person may not dismiss. May be async. */
  onDismiss?: (finding: ShownFinding & { id: string }, reason: string) => unknown;
  onReopen?: ((finding: ShownFinding & { id: string }) => unknown) | undefined;
}

const rank = (finding: ShownFinding) =>
  (finding.state === 'dismissed' ? 2 : 0) + (finding.severity === 'blocker' ? 0 : 1);

/** What the checks found: blockers first, then warnings, then what was dismissed with its reason. */
export function FindingList({ findings, rules, onShow, onDismiss, onReopen }: FindingListProps) {
  const t = useTranslations('checks');
  const [dismissing, setDismissing] = useState<(ShownFinding & { id: string }) | null>(null);
  const shown = findings
    .filter((finding) => finding.state !== 'fixed')
    .toSorted((a, b) => rank(a) - rank(b) || (a.spanStart ?? -1) - (b.spanStart ?? -1));
  if (shown.length === 0) {
    return (
      <p className="flex items-center gap-2 text-13 text-ink-2">
        <CircleCheck aria-hidden="true" className="text-positive" />
        {t('none')}
      </p>
    );
  }
  return (
    <>
      <ul className="flex flex-col gap-2.5">
        {shown.map((finding, index) => (
          <FindingItem
            // A finding that is being typed has no identity but its place.
            key={finding.id ?? `${finding.check}:${finding.spanStart}:${index}`}
            finding={finding}
            ruleName={rules?.find((rule) => rule.id === finding.ruleId)?.name}
            onShow={onShow}
            onDismiss={onDismiss ? setDismissing : undefined}
            onReopen={onReopen}
          />
        ))}
      </ul>
      <FindingDismissDialog
        finding={dismissing}
        onClose={() => setDismissing(null)}
        onConfirm={async (reason) => {
          if (dismissing) await onDismiss?.(dismissing, reason);
        }}
      />
    </>
  );
}

type FindingItemProps = Pick<FindingListProps, 'onShow' | 'onReopen'> & {
  finding: ShownFinding;
  ruleName?: string | undefined;
  onDismiss?: ((finding: ShownFinding & { id: string }) => void) | undefined;
};

function FindingItem({ finding, ruleName, onShow, onDismiss, onReopen }: FindingItemProps) {
  const t = useTranslations('checks');
  const say = useFindingText();
  const isDismissed = finding.state === 'dismissed';
  const isBlocker = finding.severity === 'blocker';
  const Icon = isBlocker ? OctagonAlert : TriangleAlert;
  const stored = finding.id === undefined ? null : { ...finding, id: finding.id };
  const hasSpan = finding.spanStart !== null && onShow !== undefined;
  return (
    <li className="flex items-start gap-2 text-13">
      <Icon
        aria-hidden="true"
        className={cn(
          'mt-0.5',
          isDismissed ? 'text-muted' : isBlocker ? 'text-negative' : 'text-caution',
        )}
      />
      <div className="min-w-0 flex-1">
        <p dir="auto" className={isDismissed ? 'text-muted' : undefined}>
          <span className="font-medium">{t(`severity.${finding.severity}`)}</span>
          {': '}
          <VisibleText text={say(finding)} />
          {ruleName ? <span className="text-ink-3">{` (${ruleName})`}</span> : null}
        </p>
        {isDismissed ? (
          <p className="text-12 text-ink-3">
            {finding.dismissReason
              ? t('dismissed', { reason: finding.dismissReason })
              : t('dismissedNoReason')}
          </p>
        ) : null}
        <div className="mt-0.5 -ms-2 flex flex-wrap empty:hidden">
          {hasSpan && !isDismissed ? (
            <Button size="small" variant="quiet" onClick={() => onShow?.(finding)}>
              {t('show')}
            </Button>
          ) : null}
          {stored && onDismiss && !isBlocker && !isDismissed ? (
            <Button size="small" variant="quiet" onClick={() => onDismiss(stored)}>
              {t('dismiss')}
            </Button>
          ) : null}
          {stored && onReopen && isDismissed ? (
            <Button size="small" variant="quiet" onClick={() => onReopen(stored)}>
              {t('reopen')}
            </Button>
          ) : null}
        </div>
      </div>
    </li>
  );
}
