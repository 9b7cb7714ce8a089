'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Message } from '@/lib/examples/content';
import type { ConflictData } from '@/lib/examples/example-conflict';
import { diffTexts } from '@/lib/text-diff';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { DiffText } from '../ui/diff';
import { Field } from '../ui/field';
import { Textarea } from '../ui/textarea';
import { VisibleText } from '../ui/visible-text';
import { type Changes, conflictOf } from './commit-changes';
import type { Commit } from './commit-queue';
import { fetchExample } from './example-api';
import { useExamples } from './examples-context';

/** Somebody else saved first: both texts, and the three ways on. */
export function ConflictDialog() {
  const { commits } = useExamples();
  const [later, setLater] = useState<unknown>(null);
  const found = [...commits.values()].find(
    ({ state }) =>
      state.kind === 'failed' &&
      (state.outcome.kind === 'conflict' || state.outcome.kind === 'refused'),
  );
  const theirs = found?.state.kind === 'failed' ? conflictOf(found.state.outcome) : null;
  if (!found || found.state === later) return null;
  return theirs ? (
    <ConflictView commit={found} conflict={theirs} onLater={() => setLater(found.state)} />
  ) : (
    <RefusedView commit={found} onLater={() => setLater(found.state)} />
  );
}

type Part = { key: string; label: string; theirs: string; mine: string };

function useParts(changes: Changes, theirs: ConflictData['theirs']): Part[] {
  const t = useTranslations('examples');
  const talk = (messages: Message[]) => messages.map(({ content }) => content).join('\n\n');
  return [
    ...(changes.system === undefined
      ? []
      : [
          {
            key: 'system',
            label: t('panel.system'),
            theirs: theirs.content.system ?? '',
            mine: changes.system ?? '',
          },
        ]),
    ...(changes.messages
      ? [
          {
            key: 'messages',
            label: t('columns.prompt'),
            theirs: talk(theirs.content.messages),
            mine: talk(changes.messages),
          },
        ]
      : []),
    ...(changes.reply === undefined
      ? []
      : [
          {
            key: 'reply',
            label: t('columns.reply'),
            theirs: theirs.content.reply,
            mine: changes.reply,
          },
        ]),
    ...(changes.topic === undefined
      ? []
      : [
          {
            key: 'topic',
            label: t('columns.topic'),
            theirs: theirs.topic ?? '',
            mine: changes.topic ?? '',
          },
        ]),
    ...(changes.tags === undefined
      ? []
      : [
          {
            key: 'tags',
            label: t('columns.tags'),
            theirs: theirs.tags.join(', '),
            mine: changes.tags.join(', '),
          },
        ]),
  ].filter((part) => part.theirs !== part.mine);
}

function ConflictView(props: { commit: Commit; conflict: ConflictData; onLater: () => void }) {
  const { commit, conflict } = props;
  const t = useTranslations('examples');
  const format = useFormatter();
  const { workspace, queue, onRow } = useExamples();
  const [merged, setMerged] = useState<string | null>(null);
  const parts = useParts(commit.changes, conflict.theirs);
  const canMerge = commit.changes.reply !== undefined;
  const takeTheirs = async () => {
    queue.drop(commit.id);
    const fresh = await fetchExample(workspace, commit.id);
    if (fresh.ok) onRow(fresh.data.row);
  };
  return (
    <Dialog
      open
      size="large"
      onOpenChange={(open) => (open ? undefined : props.onLater())}
      title={t('conflict.title', { name: conflict.authorName, number: commit.number })}
      description={t('conflict.text', {
        time: format.dateTime(new Date(conflict.at), 'time'),
      })}
      footer={
        merged === null ? (
          <>
            <Button onClick={() => void takeTheirs()}>{t('conflict.theirs')}</Button>
            {canMerge ? (
              <Button onClick={() => setMerged(commit.changes.reply ?? '')}>
                {t('conflict.merge')}
              </Button>
            ) : null}
            <Button
              variant="primary"
              onClick={() => queue.resolve(commit.id, conflict.version, commit.changes)}
            >
              {t('conflict.mine')}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={() => setMerged(null)}>{t('conflict.back')}</Button>
            <Button
              variant="primary"
              onClick={() =>
                queue.resolve(commit.id, conflict.version, { ...commit.changes, reply: merged })
              }
            >
              {t('conflict.saveMerged')}
            </Button>
          </>
        )
      }
    >
      {merged === null ? (
        <div className="flex flex-col gap-5">
          <p className="text-13 text-ink-2">{t('conflict.legend')}</p>
          {parts.map((part) => (
            <section key={part.key}>
              <h3 className="mb-1 text-12 font-medium text-ink-3">{part.label}</h3>
              <DiffText parts={diffTexts(part.theirs, part.mine)} />
            </section>
          ))}
          {parts.length === 0 ? <p className="text-14">{t('conflict.same')}</p> : null}
        </div>
      ) : (
        <div className="grid gap-4 sm:grid-cols-2">
          <section>
            <h3 className="mb-1.5 text-13 font-medium">
              {t('conflict.theirText', { name: conflict.authorName })}
            </h3>
            <p dir="auto" className="rounded-control bg-sunken p-2.5 text-14 whitespace-pre-wrap">
              <VisibleText text={conflict.theirs.content.reply} />
            </p>
          </section>
          <Field label={t('conflict.yourText')}>
            <Textarea
              value={merged}
              rows={12}
              onChange={(event) => setMerged(event.currentTarget.value)}
            />
          </Field>
        </div>
      )}
    </Dialog>
  );
}

/** The example moved on in a way that leaves no room for this text: it was retired, for example. */
function RefusedView({ commit, onLater }: { commit: Commit; onLater: () => void }) {
  const t = useTranslations('examples');
  const { queue } = useExamples();
  const message = commit.state.kind === 'failed' ? commit.state.outcome.message : '';
  return (
    <Dialog
      open
      size="medium"
      onOpenChange={(open) => (open ? undefined : onLater())}
      title={t('conflict.refusedTitle', { number: commit.number })}
      description={message}
      footer={
        <>
          <Button variant="danger" onClick={() => queue.drop(commit.id)}>
            {t('conflict.discard')}
          </Button>
          <Button variant="primary" onClick={() => queue.retry(commit.id)}>
            {t('save.retry')}
          </Button>
        </>
      }
    >
      {commit.changes.reply === undefined ? null : (
        <Field label={t('conflict.yourText')}>
          <Textarea readOnly value={commit.changes.reply} />
        </Field>
      )}
    </Dialog>
  );
}
