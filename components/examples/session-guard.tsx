'use client';

import { useState } from 'react';
import { ReLoginDialog } from '../accounts/re-login-dialog';
import { useExamples } from './examples-context';

export const SIGNED_OUT_EVENT = 'examples:signed-out';
export const SIGNED_IN_EVENT = 'examples:signed-in';

/** Asks to sign in again when a save was refused for want of a session; the page stays. */
export function SessionGuard() {
  const { userId, queue, commits } = useExamples();
  const [dismissed, setDismissed] = useState<unknown>(null);
  const refused = [...commits.values()].find(
    ({ state }) => state.kind === 'failed' && state.outcome.kind === 'signedOut',
  );
  return (
    <ReLoginDialog
      open={refused !== undefined && refused !== dismissed}
      onOpenChange={(open) => setDismissed(open ? null : refused)}
      userId={userId}
      onSignedIn={() => queue.retryAll()}
    />
  );
}
