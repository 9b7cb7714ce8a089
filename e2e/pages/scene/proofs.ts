// Two proofs of the model: one that is open, and one that was voted on and closed.
import { castVote, takeBallot } from '@/lib/proofs/ballot-mutations';
import { closeProof } from '@/lib/proofs/proof-mutations';
import { withTrainingPlace } from '@/lib/training/training-lock';
import { createOpenProof, type Provable } from '@/tests/factories-proofs';
import type { Team } from './people';
import type { Say } from './texts';

const VOTES = 2;

/** Answers are made up; plans, sides, votes and verdicts are the product's own. */
export async function makeProofs(say: Say, team: Team, provable: Provable) {
  const people = {
    workspace: team.workspace,
    writer: team.writer.viewer,
    reviewer: team.reviewer.viewer,
    admin: team.admin.viewer,
  };
  // In the one place for models: the worker waits for it, and then finds the proof answered.
  const make = async (marginOf100: number) => {
    const id = await withTrainingPlace(
      async () => false,
      () => createAnswered(marginOf100),
    );
    if (id === 'stopped') throw new Error('There was no place for the answers.');
    return id;
  };
  const createAnswered = (marginOf100: number) =>
    createOpenProof(people, provable, { marginOf100 }, (arm, index) =>
      say(
        arm === 'tuned' ? `Hello, we will see to it today. (${index})` : `I am sorry. (${index})`,
      ),
    );
  const closed = await make(5);
  for (let vote = 0; vote < VOTES; vote += 1) {
    const next = await takeBallot(people.admin, closed);
    if (next.kind !== 'ballot') break;
    await castVote(people.admin, {
      proofId: closed,
      ballot: next.ballot,
      choice: 'a',
      guess: null,
      reason: '',
    });
  }
  await closeProof(people.admin, closed);
  return { closed, open: await make(10) };
}
