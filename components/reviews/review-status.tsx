'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { ReLoginDialog } from '../accounts/re-login-dialog';
import { HotkeyKbd } from '../hotkeys/hotkey-kbd';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import type { DeskState, LastDecision, Notice } from './desk-state';

/** Past this many the server stops counting. */
const MAX_COUNTED = 10_000;
export const WITHDRAW = { id: 'review.withdraw', keys: 'z' };

/** Where in the queue, and the reviewer's own pace, quietly. */
export function ReviewPosition({ state }: { state: DeskState }) {
  const t = useTranslations('reviews');
  const { summary, done, skipped, items } = state;
  if (!summary) return <span />;
  const [item] = items;
  const at = done + skipped.length + 1;
  const many = summary.waiting > MAX_COUNTED;
  const total = many ? MAX_COUNTED : Math.max(done + summary.waiting, at);
  return (
    <div className="flex flex-wrap items-baseline gap-x-3">
      {item ? (
        <>
          <span aria-hidden="true" className="tabular text-14 font-medium">
            {t(many ? 'positionMany' : 'position', { at, total })}
          </span>
          <span role="status" className="sr-only">
            {t('positionSpoken', { number: item.number, at, total })}
          </span>
        </>
      ) : null}
      <span className="tabular text-12 text-ink-3">
        {t('pace', { today: summary.decidedToday, yesterday: summary.decidedYesterday })}
      </span>
    </div>
  );
}

/** The last decision, with the way back. */
export function LastDecisionLine({
  last,
  onWithdraw,
}: {
  last: LastDecision | null;
  onWithdraw: () => void;
}) {
  const t = useTranslations('reviews');
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-2">
      <p role="status" className="text-13 text-ink-2">
        {last ? t(`last.${last.decision}`, { number: last.number }) : null}
      </p>
      {last && last.decision !== 'correct' ? (
        <Button
          size="small"
          variant="quiet"
          className="text-accent-ink! max-sm:min-h-11"
          aria-label={t('actions.withdrawLast')}
          aria-keyshortcuts="Z"
          kbd={<HotkeyKbd {...WITHDRAW} />}
          onClick={onWithdraw}
        >
          {t('actions.withdraw')}
        </Button>
      ) : null}
    </div>
  );
}

export interface ReviewNoticeProps {
  notice: Notice;
  userId: string;
  onDismiss: () => void;
}

/** A decision that was refused, and what to do now. */
export function ReviewNotice({ notice, userId, onDismiss }: ReviewNoticeProps) {
  const t = useTranslations('reviews.notice');
  const format = useFormatter();
  const [signingIn, setSigningIn] = useState(notice.kind === 'signIn');
  const number = format.number(notice.number, { useGrouping: false });
  return (
    <div role="alert">
      <Callout
        kind={notice.kind === 'problem' ? 'blocker' : 'warning'}
        action={
          notice.kind === 'signIn' ? (
            <Button size="small" onClick={() => setSigningIn(true)}>
              {t('signIn')}
            </Button>
          ) : (
            <Button size="small" variant="quiet" onClick={onDismiss}>
              {t('dismiss')}
            </Button>
          )
        }
      >
        {notice.kind === 'changed'
          ? t('changed', { number })
          : t('problem', { number, text: notice.text })}
      </Callout>
      <ReLoginDialog
        open={signingIn}
        onOpenChange={setSigningIn}
        userId={userId}
        onSignedIn={onDismiss}
      />
    </div>
  );
}
