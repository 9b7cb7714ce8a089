'use client';

import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import type { BriefForChecks } from '@/lib/checks/check-content';
import type { QueueFilter } from '@/lib/reviews/review-schema';
import { GuidelinesButton, GuidelinesPanel, useGuidelines } from '../briefs/guidelines-panel';
import { HotkeyScope } from '../hotkeys/hotkey-scope';
import { ErrorState } from '../ui/error-state';
import { MyDecisions } from './my-decisions';
import { createReviewApi } from './review-api';
import { ReviewBar } from './review-bar';
import { ReviewEmpty } from './review-empty';
import { ReviewHeader } from './review-header';
import { ReviewItemView } from './review-item-view';
import { ReviewSkeleton } from './review-skeleton';
import { ReviewNotice } from './review-status';
import { useDeskActions } from './use-desk-actions';
import { useReviewDesk } from './use-review-desk';

export interface ReviewDeskProps {
  workspace: string;
  datasetId: string;
  userId: string;
  filter: QueueFilter;
  /** What waits for this person, by topic. */
  topics: { topic: string; count: number }[];
  /** Their own latest reasons for sending back. */
  reasons: string[];
  brief: BriefForChecks & { task: string; guidelines: string };
  canInvite: boolean;
}

/** The review queue: nothing but the task. */
export function ReviewDesk(props: ReviewDeskProps) {
  const t = useTranslations('reviews');
  return (
    <HotkeyScope name="review" label={t('scope')}>
      <Desk {...props} />
    </HotkeyScope>
  );
}

function Desk(props: ReviewDeskProps) {
  const { workspace, datasetId, brief } = props;
  const t = useTranslations('reviews');
  const api = useMemo(() => createReviewApi(workspace, datasetId), [workspace, datasetId]);
  const desk = useReviewDesk(api, props.filter);
  const actions = useDeskActions(desk, props);
  const guidelines = useGuidelines();
  const { state, dispatch } = desk;
  const item = state.items[0] ?? null;
  const waiting = !item && (state.phase === 'loading' || state.inFlight.length > 0);
  const [actionsSlot, setActionsSlot] = useState<HTMLElement | null>(null);
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex flex-1 flex-col gap-5 px-4 py-5 sm:px-6">
          <ReviewHeader
            item={item}
            filter={desk.filter}
            topics={props.topics}
            onFilter={actions.onFilter}
            actions={
              <>
                <GuidelinesButton {...guidelines} />
                <MyDecisions api={api} onWithdraw={desk.withdraw} />
              </>
            }
          />
          {state.notice ? (
            <ReviewNotice
              notice={state.notice}
              key={`${state.notice.kind}:${state.notice.number}`}
              userId={props.userId}
              onDismiss={() => dispatch({ type: 'noticed', notice: null })}
            />
          ) : null}
          {item ? (
            <ReviewItemView
              key={`${item.exampleId}:${item.revisionId}`}
              item={item}
              mode={state.mode}
              userId={props.userId}
              brief={brief}
              actionsSlot={actionsSlot}
              narrow={guidelines.isOpen}
              onPassOn={actions.onPassOn}
              onLeave={actions.onLeave}
              onDismiss={actions.onDismiss}
              onReopen={actions.onReopen}
            />
          ) : waiting ? (
            <ReviewSkeleton />
          ) : state.phase === 'failed' ? (
            <ErrorState
              title={t('failed.title')}
              description={t('failed.text')}
              onRetry={() => window.location.reload()}
            />
          ) : (
            <ReviewEmpty
              workspace={workspace}
              datasetId={datasetId}
              summary={state.summary}
              done={state.done}
              skipped={state.skipped.length}
              filtered={desk.filter.topic !== null}
              canInvite={props.canInvite}
              onSkipped={desk.showSkipped}
              onAgain={() => void desk.reload(desk.filter)}
              onAllTopics={() => actions.onFilter({ ...desk.filter, topic: null })}
            />
          )}
        </div>
        <ReviewBar
          desk={desk}
          actions={actions}
          waiting={waiting}
          reasons={props.reasons}
          actionsSlot={setActionsSlot}
        />
      </div>
      {guidelines.isOpen ? (
        <div className="sticky top-11 flex h-[calc(100dvh-2.75rem)] w-80 shrink-0 flex-col border-s bg-sunken max-lg:fixed max-lg:inset-x-0 max-lg:top-11 max-lg:z-20 max-lg:h-[60dvh] max-lg:w-auto max-lg:border-b">
          <GuidelinesPanel
            task={brief.task}
            guidelines={brief.guidelines}
            onClose={guidelines.toggle}
          />
        </div>
      ) : null}
    </div>
  );
}
