'use client';

import { History } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { MyDecision } from '@/lib/reviews/queue-queries';
import { Button } from '../ui/button';
import { Drawer } from '../ui/drawer';
import { IconButton } from '../ui/icon-button';
import { RelativeTime } from '../ui/relative-time';
import { SkeletonRows } from '../ui/skeleton';
import type { ReviewApi } from './review-api';

export interface MyDecisionsProps {
  api: ReviewApi;
  /** Resolves to false where the decision could not be withdrawn. */
  onWithdraw: (decision: MyDecision) => Promise<boolean>;
}

/** What the reviewer decided today; approvals and texts sent back can be withdrawn. */
export function MyDecisions({ api, onWithdraw }: MyDecisionsProps) {
  const t = useTranslations('reviews.mine');
  const [open, setOpen] = useState(false);
  const [list, setList] = useState<MyDecision[] | 'loading' | 'failed'>('loading');
  const load = async () => {
    setList('loading');
    try {
      setList((await api.myDecisions()).decisions);
    } catch {
      setList('failed');
    }
  };
  return (
    <>
      <IconButton
        label={t('open')}
        icon={<History aria-hidden="true" />}
        onClick={() => {
          setOpen(true);
          void load();
        }}
      />
      <Drawer open={open} onOpenChange={setOpen} title={t('title')}>
        {list === 'loading' ? <SkeletonRows rows={4} columns={3} /> : null}
        {list === 'failed' ? <p className="text-14 text-negative">{t('failed')}</p> : null}
        {Array.isArray(list) && list.length === 0 ? (
          <p className="text-14 text-ink-2">{t('empty')}</p>
        ) : null}
        {Array.isArray(list) ? (
          <ul>
            {list.map((decision) => (
              <DecisionRow
                key={decision.reviewId}
                decision={decision}
                onWithdraw={async () => {
                  if (await onWithdraw(decision)) setOpen(false);
                  else await load();
                }}
              />
            ))}
          </ul>
        ) : null}
      </Drawer>
    </>
  );
}

interface DecisionRowProps {
  decision: MyDecision;
  onWithdraw: () => Promise<void>;
}

function DecisionRow({ decision, onWithdraw }: DecisionRowProps) {
  const t = useTranslations('reviews');
  const [pending, setPending] = useState(false);
  const withdraw = async () => {
    setPending(true);
    await onWithdraw();
    setPending(false);
  };
  return (
    <li className="flex items-start gap-3 border-b py-2.5 last:border-0">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2 text-13">
          <span className="font-medium">{t(`mine.decision.${decision.decision}`)}</span>
          <span className="tabular">{t('example', { number: decision.number })}</span>
          <span className="text-12 text-ink-3">
            <RelativeTime value={decision.at} />
          </span>
          {decision.withdrawn ? (
            <span className="text-12 text-ink-3">{t('mine.withdrawn')}</span>
          ) : null}
        </p>
        <p dir="auto" className="truncate text-13 text-ink-2">
          {decision.prompt}
        </p>
      </div>
      {decision.canWithdraw ? (
        <Button
          size="small"
          pending={pending}
          aria-label={t('mine.withdrawLabel', { number: decision.number })}
          onClick={() => void withdraw()}
        >
          {t('mine.withdraw')}
        </Button>
      ) : null}
    </li>
  );
}
