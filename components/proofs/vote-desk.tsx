'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { GuidelinesButton, GuidelinesPanel, useGuidelines } from '../briefs/guidelines-panel';
import { HotkeyScope } from '../hotkeys/hotkey-scope';
import { LinkButton } from '../ui/button';
import { Callout } from '../ui/callout';
import { EmptyState } from '../ui/empty-state';
import { LoadingRegion } from '../ui/loading-region';
import { Skeleton } from '../ui/skeleton';
import { useVote } from './use-vote';
import { VoteBallot } from './vote-ballot';
import { VoteBar } from './vote-bar';

type Props = { workspace: string; proofId: string; task: string; guidelines: string };

/** The blind vote: one prompt, two answers, four ways to judge them. */
export function VoteDesk(props: Props) {
  const t = useTranslations('proofs.vote');
  return (
    <HotkeyScope name="vote" label={t('title')}>
      <Desk {...props} />
    </HotkeyScope>
  );
}

function Desk({ workspace, proofId, task, guidelines: text }: Props) {
  const t = useTranslations('proofs.vote');
  const { next, isPending, ended, error, vote, undo } = useVote(workspace, proofId);
  const guidelines = useGuidelines();
  const heading = useRef<HTMLHeadingElement>(null);
  const ballot = next?.kind === 'ballot' ? next : null;
  const id = ballot?.ballot;
  useEffect(() => {
    if (!id) return;
    // What stands at the top is read first, also by those who hear it.
    heading.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, [id]);
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex flex-1 flex-col gap-5 px-4 py-5 sm:px-6">
          <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
            <h1 ref={heading} tabIndex={-1} className="tabular text-20 font-semibold outline-none">
              {ballot ? t('position', { number: ballot.number, of: ballot.of }) : t('title')}
            </h1>
            <GuidelinesButton {...guidelines} />
          </header>
          <div aria-live="polite">
            {error ? (
              <Callout kind="warning">{error === 'offline' ? t('offline') : error}</Callout>
            ) : null}
          </div>
          {ballot ? (
            <VoteBallot ballot={ballot} />
          ) : next?.kind === 'done' || ended ? (
            <EmptyState
              level={2}
              title={ended ? t('endedTitle') : t('doneTitle')}
              description={ended ?? t('done', { count: next?.kind === 'done' ? next.voted : 0 })}
              action={
                // Loaded only when it is opened: it names the model.
                <LinkButton
                  variant="primary"
                  prefetch={false}
                  href={`/w/${workspace}/proofs/${proofId}`}
                >
                  {t('toResult')}
                </LinkButton>
              }
            />
          ) : (
            <LoadingRegion>
              <Skeleton className="h-24 max-w-reading" />
              <Skeleton className="mt-6 h-48" />
            </LoadingRegion>
          )}
        </div>
        {ballot || next?.canUndo ? (
          <VoteBar
            // What was guessed or written about one example is not about the next.
            key={id ?? 'done'}
            ballot={ballot}
            isPending={isPending}
            canUndo={next?.canUndo ?? false}
            onVote={(choice, guess, reason) =>
              ballot ? vote(ballot.ballot, choice, guess, reason) : undefined
            }
            onUndo={undo}
          />
        ) : null}
      </div>
      {guidelines.isOpen ? (
        <div className="sticky top-11 flex h-[calc(100dvh-2.75rem)] w-80 shrink-0 flex-col border-s bg-sunken max-lg:fixed max-lg:inset-x-0 max-lg:top-11 max-lg:z-20 max-lg:h-[60dvh] max-lg:w-auto max-lg:border-b">
          <GuidelinesPanel task={task} guidelines={text} onClose={guidelines.toggle} />
        </div>
      ) : null}
    </div>
  );
}
