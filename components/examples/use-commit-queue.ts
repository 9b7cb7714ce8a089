'use client';

import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { ExampleDetail } from '@/lib/examples/example-detail';
import { isStillSignedIn } from '../accounts/re-login-dialog';
import { commitChanges } from './commit-changes';
import { type CommitInput, CommitQueue } from './commit-queue';
import { saveExample } from './example-api';
import { removeLocalCopy, writeLocalCopy } from './local-copies';

/** The changes of this page on their way to the server, kept on the device until they are there. */
export function useCommitQueue(
  place: { workspace: string; datasetId: string; userId: string },
  onSaved: (detail: ExampleDetail, input: CommitInput) => void,
) {
  const { workspace, datasetId, userId } = place;
  const savedRef = useRef(onSaved);
  useEffect(() => {
    savedRef.current = onSaved;
  });
  const [queue] = useState(
    () =>
      new CommitQueue({
        send: ({ id, version, changes, base }) =>
          commitChanges((input) => saveExample(workspace, input), { id, version, changes, base }),
        sendOnClose: ({ id, version, changes }) =>
          void saveExample(workspace, { id, version, changes }, { keepalive: true }),
        keep: ({ id, number, version }, changes) => {
          if (!changes) {
            removeLocalCopy(userId, id);
            return;
          }
          const { system, messages, reply, topic } = changes;
          writeLocalCopy(userId, id, {
            datasetId,
            number,
            version,
            baseRevisionId: null,
            at: new Date().toISOString(),
            text: {
              ...(system === undefined ? {} : { system }),
              ...(messages ? { messages } : {}),
              ...(reply === undefined ? {} : { reply }),
              ...(topic === undefined ? {} : { topic }),
            },
          });
        },
        onSaved: (detail, input) => savedRef.current(detail, input),
      }),
  );
  useEffect(() => {
    const retry = async () => {
      if (queue.snapshot().size > 0 && (await isStillSignedIn(userId))) queue.retryAll();
    };
    const onOnline = () => void retry();
    const onClose = () => queue.close();
    window.addEventListener('online', onOnline);
    window.addEventListener('focus', onOnline);
    window.addEventListener('pagehide', onClose);
    return () => {
      window.removeEventListener('online', onOnline);
      window.removeEventListener('focus', onOnline);
      window.removeEventListener('pagehide', onClose);
    };
  }, [queue, userId]);
  const commits = useSyncExternalStore(queue.subscribe, queue.snapshot, queue.snapshot);
  return { queue, commits };
}
