import { useCallback, useEffect, useRef, useState } from 'react';
import type { NextBallot } from '@/lib/proofs/ballot-mutations';
import { castVoteAction, takeBallotAction, undoVoteAction } from '@/lib/proofs/proof-actions';
import type { VoteChoice } from '@/lib/proofs/proof-schema';
import type { Result } from '@/lib/result';

export type VoteState = {
  next: NextBallot | null;
  isPending: boolean;
  /** Why no vote can be cast any more. */
  ended: string | null;
  error: string | null;
};

/** The vote of one person on one proof: what is shown, and the three things that can be done. */
export function useVote(workspace: string, proofId: string) {
  const [state, setState] = useState<VoteState>({
    next: null,
    isPending: true,
    ended: null,
    error: null,
  });
  const busy = useRef(false);

  const run = useCallback(
    async (work: () => Promise<Result<NextBallot>>) => {
      if (busy.current) return;
      busy.current = true;
      setState((now) => ({ ...now, isPending: true, error: null }));
      try {
        const result = await work();
        if (result.ok) {
          setState({ next: result.data, isPending: false, ended: null, error: null });
          return;
        }
        // Whatever was refused: what counts is what the server would show now.
        const again = await takeBallotAction({ workspace, proofId });
        setState(
          again.ok
            ? { next: again.data, isPending: false, ended: null, error: result.error.message }
            : { next: null, isPending: false, ended: again.error.message, error: null },
        );
      } catch {
        setState((now) => ({ ...now, isPending: false, error: 'offline' }));
      } finally {
        busy.current = false;
      }
    },
    [workspace, proofId],
  );

  useEffect(() => {
    void run(() => takeBallotAction({ workspace, proofId }));
  }, [run, workspace, proofId]);

  return {
    ...state,
    vote: (ballot: string, choice: VoteChoice, guess: 'a' | 'b' | null, reason: string) =>
      void run(() => castVoteAction({ workspace, proofId, ballot, choice, guess, reason })),
    undo: () => void run(() => undoVoteAction({ workspace, proofId })),
  };
}
