'use client';

import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { dismissFindingAction, reopenFindingAction } from '@/lib/examples/example-actions';
import type { ReviewItem } from '@/lib/reviews/review-queries';
import type { QueueFilter } from '@/lib/reviews/review-schema';
import { useHotkey } from '../hotkeys/use-hotkey';
import { correctionKey, forgetText, moveText, reasonKey } from './kept-text';
import { WITHDRAW } from './review-status';
import type { useReviewDesk } from './use-review-desk';

type Person = { workspace: string; userId: string };

/** What the buttons and keys of the review page do. */
export function useDeskActions(desk: ReturnType<typeof useReviewDesk>, person: Person) {
  const t = useTranslations('reviews');
  const path = usePathname();
  const { state, dispatch } = desk;
  const [item] = state.items;
  const shown = item ? `${item.exampleId}:${item.revisionId}` : null;
  useEffect(() => {
    if (shown) window.scrollTo({ top: 0 });
  }, [shown]);

  const onWithdrawLast = () => {
    if (state.last && state.last.decision !== 'correct') void desk.withdraw(state.last);
  };
  const canWithdraw =
    state.mode === 'read' && state.last !== null && state.last.decision !== 'correct';
  const withdrawKey = { label: t('actions.withdrawLast'), handler: onWithdrawLast };
  useHotkey({ ...WITHDRAW, ...withdrawKey, enabled: canWithdraw });
  useHotkey({ id: 'review.undo', keys: 'mod+z', ...withdrawKey, enabled: canWithdraw });

  const onPassOn = (reply: string) => {
    if (!item) return;
    const key = correctionKey(person.userId, item);
    const settle = (changed: ReviewItem | null) =>
      changed ? moveText(key, correctionKey(person.userId, changed)) : forgetText(key);
    desk.decide({ decision: 'correct', content: { ...item.content, reply } }, settle);
  };

  const onSendBack = (reason: string) => {
    if (!item) return;
    const key = reasonKey(person.userId, item);
    desk.decide({ decision: 'send_back', reason }, (changed) => (changed ? null : forgetText(key)));
  };

  const setFinding = async (finding: { id: string }, reason: string | null): Promise<void> => {
    const { workspace } = person;
    const result = reason
      ? await dismissFindingAction({ workspace, findingId: finding.id, reason })
      : await reopenFindingAction({ workspace, findingId: finding.id });
    if (result.ok) {
      const next = reason ? ('dismissed' as const) : ('open' as const);
      dispatch({ type: 'finding', id: finding.id, state: next, reason });
    } else {
      const notice = { kind: 'problem' as const, number: item?.number ?? 0 };
      dispatch({ type: 'noticed', notice: { ...notice, text: result.error.message } });
    }
  };

  return {
    reasonKey: item ? reasonKey(person.userId, item) : '',
    onWithdrawLast,
    onApprove: () => desk.decide({ decision: 'approve' }),
    onSendBack,
    onPassOn,
    onLeave: () => dispatch({ type: 'mode', mode: 'read' }),
    onFilter: (filter: QueueFilter) => {
      window.history.replaceState(null, '', filterHref(path, filter));
      void desk.reload(filter);
    },
    onDismiss: (finding: { id: string }, reason: string) => setFinding(finding, reason),
    onReopen: (finding: { id: string }) => setFinding(finding, null),
  };
}

/** The filter in the address, without its defaults. */
function filterHref(path: string, filter: QueueFilter): string {
  const query = new URLSearchParams();
  if (filter.topic !== null) query.set('topic', filter.topic);
  if (filter.order !== 'oldest') query.set('order', filter.order);
  return query.size > 0 ? `${path}?${query}` : path;
}
