'use client';

import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { DraftContent } from '@/lib/examples/content';
import type { ExampleDetail } from '@/lib/examples/example-detail';
import { isSameContent } from './cell-text';
import type { Changes } from './commit-changes';
import { DraftSaver, type SaveState } from './draft-saver';
import { dropWorkingCopy, fetchExample, storeOnClose, storeWorkingCopy } from './example-api';
import { useExamples } from './examples-context';
import { readLocalCopy, removeLocalCopy, writeLocalCopy } from './local-copies';

export type Restored = { from: 'device' | 'server'; at: string } | null;

/** The text with which the editor begins: from this device, from the server's working copy, or as saved. */
function initialText(detail: ExampleDetail, userId: string, isOnDevice: boolean) {
  const { content, workingCopy } = detail;
  const copy = isOnDevice ? readLocalCopy(userId, detail.row.id) : null;
  const isNewer = copy && (!workingCopy || copy.at > workingCopy.at);
  if (copy && isNewer) {
    const start: DraftContent = workingCopy?.content ?? content;
    const text: DraftContent = {
      ...(copy.text.system === undefined
        ? start.system === undefined
          ? {}
          : { system: start.system }
        : copy.text.system === null
          ? {}
          : { system: copy.text.system }),
      messages: copy.text.messages ?? start.messages,
      reply: copy.text.reply ?? start.reply,
    };
    if (!isSameContent(text, start)) return { text, from: 'device' as const, at: copy.at };
  }
  if (workingCopy && !isSameContent(workingCopy.content, content))
    return { text: workingCopy.content, from: 'server' as const, at: workingCopy.at };
  return { text: content as DraftContent, from: null, at: '' };
}

const changesOf = (from: DraftContent, to: DraftContent): Changes => ({
  ...(from.reply === to.reply ? {} : { reply: to.reply }),
  ...(JSON.stringify(from.messages) === JSON.stringify(to.messages)
    ? {}
    : { messages: to.messages }),
  ...((from.system ?? '') === (to.system ?? '') ? {} : { system: to.system ?? null }),
});

/** Parts that a revision needs are still empty. */
export const isIncomplete = ({ messages, reply }: DraftContent): boolean =>
  reply.trim() === '' || messages.some((message) => message.content.trim() === '');

/** The text that a person writes in the panel: autosaved as theirs, saved as a revision when they say so. */
export function useDraft(detail: ExampleDetail, isOnDevice: boolean) {
  const { workspace, datasetId, userId, queue, onDetail, onWorkingCopy } = useExamples();
  const { id, number } = detail.row;
  const [start] = useState(() => initialText(detail, userId, isOnDevice));
  const [text, setText] = useState<DraftContent>(start.text);
  const [restored, setRestored] = useState<Restored>(
    start.from ? { from: start.from, at: start.at } : null,
  );
  const [saveState, setSaveState] = useState<SaveState>({ kind: 'clean' });
  const latest = useRef({ text, detail });
  useEffect(() => {
    latest.current = { text, detail };
  });
  const [saver] = useState(
    () =>
      new DraftSaver<DraftContent>({
        version: detail.workingCopy?.version ?? 0,
        onState: setSaveState,
        send: async (content, version) => {
          const baseRevisionId = latest.current.detail.revision.id;
          const outcome = await storeWorkingCopy(workspace, id, {
            content,
            version,
            baseRevisionId,
          });
          if (outcome.ok)
            onWorkingCopy(id, baseRevisionId, { content, baseRevisionId, ...outcome.data });
          return outcome;
        },
        sendOnClose: (content, version) =>
          storeOnClose(workspace, id, {
            content,
            version,
            baseRevisionId: latest.current.detail.revision.id,
          }),
        keep: (content) => {
          if (!content) return removeLocalCopy(userId, id);
          const { revision, row } = latest.current.detail;
          writeLocalCopy(userId, id, {
            datasetId,
            number,
            version: row.version,
            baseRevisionId: revision.id,
            at: new Date().toISOString(),
            text: {
              system: content.system ?? null,
              messages: content.messages,
              reply: content.reply,
            },
          });
        },
      }),
  );
  const isChanged = useMemo(() => !isSameContent(text, detail.content), [text, detail.content]);

  useEffect(() => {
    saver.start();
    const flush = () => void saver.flush();
    const onHide = () => saver.close();
    window.addEventListener('online', flush);
    window.addEventListener('pagehide', onHide);
    return () => {
      window.removeEventListener('online', flush);
      window.removeEventListener('pagehide', onHide);
      // Walking on to another example sends what is left.
      void saver.leave();
      saver.stop();
    };
  }, [saver]);
  const begin = useEffectEvent(() => {
    if (start.from === 'device') saver.edit(start.text);
  });
  useEffect(() => begin(), []);

  const change = (next: DraftContent) => {
    setText(next);
    setRestored(null);
    saver.edit(next);
  };
  const discard = async () => {
    await saver.whenIdle();
    const outcome = await dropWorkingCopy(workspace, id);
    if (!outcome.ok) return false;
    saver.settle(0);
    onWorkingCopy(id, detail.revision.id, null);
    setText(detail.content);
    setRestored(null);
    return true;
  };
  /** Takes a text that the server made current by other means: a restored revision. */
  const adopt = (saved: ExampleDetail) => {
    saver.settle(0, saved.row.updatedAt);
    setText(saved.content);
    setRestored(null);
  };
  /** The person took what is stored instead of their text: it is shown, and nothing of theirs comes back. */
  const giveUp = async () => {
    await dropWorkingCopy(workspace, id);
    const fresh = await fetchExample(workspace, id);
    if (!fresh.ok) return;
    onDetail(fresh.data);
    adopt(fresh.data);
  };
  /** Makes the next revision; resolves when it is stored, or with null when it was given up. */
  const save = async (): Promise<ExampleDetail | null> => {
    if (!isChanged) return detail;
    if (isIncomplete(text)) return null;
    const sent = text;
    await saver.whenIdle();
    saver.settle(0);
    const saved = await queue.commit({
      id,
      number,
      version: detail.row.version,
      changes: changesOf(detail.content, sent),
      base: detail.content,
    });
    if (!saved) {
      await giveUp();
      return null;
    }
    const now = latest.current.text;
    // A merge in the conflict view may have saved another text than the one that stands here.
    if (isSameContent(now, sent)) {
      setText(saved.content);
      saver.settle(0, saved.row.updatedAt);
    } else saver.edit(now);
    setRestored(null);
    return saved;
  };
  return { text, change, isChanged, saveState, saver, restored, discard, save, adopt };
}
export type Draft = ReturnType<typeof useDraft>;
