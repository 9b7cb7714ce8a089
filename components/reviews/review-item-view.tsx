'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import type { BriefForChecks } from '@/lib/checks/check-content';
import { FindingList, type ShownFinding } from '../checks/finding-list';
import { FindingMarks, showFindingMark } from '../checks/finding-marks';
import { HiddenCallout } from '../checks/hidden-callout';
import { HotkeyKbd } from '../hotkeys/hotkey-kbd';
import { useHotkey } from '../hotkeys/use-hotkey';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { cn } from '../ui/cn';
import { RelativeTime } from '../ui/relative-time';
import { CorrectionEditor } from './correction-editor';
import type { DeskItem, Mode } from './desk-state';
import { ReviewChanges } from './review-changes';
import { Conversation } from './review-text';

export interface ReviewItemViewProps {
  item: DeskItem;
  mode: Mode;
  userId: string;
  brief: BriefForChecks;
  /** Where the buttons of a correction stand: in the bar of the page. */
  actionsSlot: HTMLElement | null;
  /** Something stands beside the page, so there is room for one column less. */
  narrow: boolean;
  onPassOn: (reply: string) => void;
  onLeave: () => void;
  onDismiss: (finding: ShownFinding & { id: string }, reason: string) => Promise<void>;
  onReopen: (finding: ShownFinding & { id: string }) => Promise<void>;
}

/** One example to be judged: conversation, ideal reply, and the checks in the margin. */
export function ReviewItemView(props: ReviewItemViewProps) {
  const { item, mode, narrow } = props;
  const t = useTranslations('reviews');
  const reply = useRef<HTMLParagraphElement>(null);
  const texts = useRef<HTMLDivElement>(null);
  const before = item.seen ?? item.base?.content;
  // What changed under the reviewer's eyes is shown at once; what changed since an approval, on demand.
  const [showChanges, setShowChanges] = useState(item.seen !== undefined);
  const diffing = showChanges && before !== undefined && mode !== 'correct';
  return (
    <div
      ref={texts}
      className={cn(
        'grid items-start gap-x-10 gap-y-6',
        narrow
          ? 'xl:grid-cols-[minmax(0,1fr)_minmax(12rem,16rem)]'
          : 'lg:grid-cols-[minmax(0,1fr)_minmax(12rem,16rem)] xl:grid-cols-[minmax(0,5fr)_minmax(0,7fr)_minmax(12rem,3.5fr)]',
      )}
    >
      <div className="col-span-full empty:hidden">
        <HiddenCallout content={item.content} texts={texts} />
      </div>
      <div className={cn('min-w-0', narrow ? 'xl:col-span-2' : 'lg:max-xl:col-span-2')}>
        <Conversation content={item.content} />
      </div>
      <section aria-label={t('reply')} className="min-w-0">
        <ItemHistory
          item={item}
          changesButton={
            mode === 'correct' ? null : (
              <ChangesButton shown={diffing} onToggle={() => setShowChanges(!showChanges)} />
            )
          }
        />
        {mode === 'correct' ? (
          <CorrectionEditor
            item={item}
            userId={props.userId}
            brief={props.brief}
            actionsSlot={props.actionsSlot}
            onPassOn={props.onPassOn}
            onLeave={props.onLeave}
          />
        ) : diffing ? (
          <ReviewChanges before={before} after={item.content} />
        ) : (
          <>
            <h2 className="text-12 font-medium text-ink-3">{t('reply')}</h2>
            <p
              ref={reply}
              dir="auto"
              className="mt-1 max-w-reading py-3 text-16 whitespace-pre-wrap"
            >
              <FindingMarks text={item.content.reply} findings={item.findings} />
            </p>
          </>
        )}
      </section>
      {mode === 'correct' ? null : (
        <section aria-label={t('findings')} className="flex min-w-0 flex-col gap-2">
          <h2 className="text-12 font-medium text-ink-3">{t('findings')}</h2>
          <FindingList
            findings={item.findings}
            onShow={(finding) => showFindingMark(reply.current, finding)}
            onDismiss={props.onDismiss}
            onReopen={props.onReopen}
          />
        </section>
      )}
    </div>
  );
}

/** What happened to the example before: an earlier approval, a sending back. */
function ItemHistory({ item, changesButton }: { item: DeskItem; changesButton: React.ReactNode }) {
  const t = useTranslations('reviews');
  const { base, earlier, seen } = item;
  if (!seen && !base && !earlier) return null;
  return (
    <div className="mb-4 flex max-w-reading flex-col gap-2">
      {seen ? (
        <Callout kind="warning" action={changesButton}>
          {t('changes.seen')}
        </Callout>
      ) : base ? (
        <Callout action={changesButton}>
          {t.rich('changes.since', {
            name: base.approvedByName,
            ordinal: base.ordinal,
            when: () => <RelativeTime value={base.approvedAt} />,
          })}
        </Callout>
      ) : null}
      {earlier ? (
        <p className="text-13 text-ink-2">
          {earlier.decision === 'send_back'
            ? t('earlier.send_back', { name: earlier.reviewerName, reason: earlier.reason ?? '' })
            : t('earlier.correct', { name: earlier.reviewerName })}
        </p>
      ) : null}
    </div>
  );
}

const CHANGES = { id: 'review.changes', keys: 'd' };

function ChangesButton({ shown, onToggle }: { shown: boolean; onToggle: () => void }) {
  const t = useTranslations('reviews.actions');
  const label = shown ? t('hideChanges') : t('changes');
  useHotkey({ ...CHANGES, label, handler: onToggle });
  return (
    <Button size="small" kbd={<HotkeyKbd {...CHANGES} />} onClick={onToggle}>
      {label}
    </Button>
  );
}
