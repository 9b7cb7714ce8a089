'use client';

import { useTranslations } from 'next-intl';
import { DecisionBar } from './decision-bar';
import { LastDecisionLine, ReviewPosition } from './review-status';
import { SendBackForm } from './send-back-form';
import type { useDeskActions } from './use-desk-actions';
import type { useReviewDesk } from './use-review-desk';

export interface ReviewBarProps {
  desk: ReturnType<typeof useReviewDesk>;
  actions: ReturnType<typeof useDeskActions>;
  /** The next example is on its way. */
  waiting: boolean;
  reasons: string[];
  /** Takes the element in which a correction puts its buttons. */
  actionsSlot: (element: HTMLElement | null) => void;
}

/** Stays at the bottom: where in the queue, the last decision, and the ways on. */
export function ReviewBar({ desk, actions, waiting, reasons, actionsSlot }: ReviewBarProps) {
  const t = useTranslations('reviews');
  const { state, dispatch } = desk;
  const item = state.items[0] ?? null;
  const blocked =
    item?.findings.some((one) => one.severity === 'blocker' && one.state === 'open') ?? false;
  return (
    <div
      data-print="hide"
      className="sticky bottom-0 z-10 border-t bg-canvas px-4 pt-1 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-6"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-6">
        <ReviewPosition state={state} />
        <LastDecisionLine last={state.last} onWithdraw={actions.onWithdrawLast} />
      </div>
      {state.mode === 'send_back' && item ? (
        <SendBackForm
          key={item.exampleId}
          recent={reasons}
          storageKey={actions.reasonKey}
          onSendBack={actions.onSendBack}
          onLeave={actions.onLeave}
        />
      ) : null}
      <div ref={actionsSlot} />
      {state.mode === 'read' && (item || waiting) ? (
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <p id="review-blocked" className="text-13 text-negative empty:hidden">
            {blocked ? t('blocked') : null}
          </p>
          <DecisionBar
            blocked={blocked}
            enabled={item !== null}
            onApprove={actions.onApprove}
            onCorrect={() => dispatch({ type: 'mode', mode: 'correct' })}
            onSendBack={() => dispatch({ type: 'mode', mode: 'send_back' })}
            onSkip={desk.skip}
          />
        </div>
      ) : null}
    </div>
  );
}
