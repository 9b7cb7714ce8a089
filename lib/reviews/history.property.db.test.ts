import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import * as moves from '@/lib/examples/example-moves';
import { approve, correctAndPassOn, sendBack } from '@/lib/reviews/review-mutations';
import { withdrawApproval } from '@/lib/reviews/withdrawal-mutations';
import type { Viewer } from '@/lib/session';
import { contentOf } from '@/tests/factories-examples';
import {
  createDesk,
  createInReview,
  type Desk,
  edit,
  reviewsOf,
  seenNow,
  stateOf,
} from '@/tests/factories-reviews';

const kinds = [
  'edit',
  'submit',
  'take_back',
  'approve',
  'correct',
  'send_back',
  'withdraw',
  'retire',
  'unretire',
] as const;
type Kind = (typeof kinds)[number];

/** One attempt: who does what, and how many attempts ago they last looked at the example. */
type Attempt = { kind: Kind; who: number; lag: number };

const attempt = fc.record({
  // Approvals and edits come up more often than the rest.
  kind: fc.constantFrom<Kind>(...kinds, 'approve', 'approve', 'edit', 'submit'),
  who: fc.nat(3),
  lag: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(2) }),
});

/**
 * What the rules say, worked out from what was recorded and nothing else: texts in their order
 * with their writers, approvals with the text that the approver had before them, withdrawals.
 */
class Oracle {
  texts: { writer: number }[] = [];
  approvals: { text: number; by: number; withdrawn: boolean }[] = [];
  status: 'draft' | 'in_review' | 'sent_back' | 'approved' = 'in_review';
  retired = false;

  /** Nobody approves what they had a hand in since somebody else last stood for the text. */
  mayApprove(who: number, text: number): boolean {
    const newest = this.texts.length - 1;
    if (this.retired || this.status !== 'in_review' || text !== newest) return false;
    const vouched = this.approvals.filter((one) => !one.withdrawn && one.by !== who);
    const since = Math.max(-1, ...vouched.map((one) => one.text));
    return this.texts.every(({ writer }, index) => index <= since || writer !== who);
  }

  /** The text that stands approved, or null. */
  standing(): number | null {
    const newest = this.texts.length - 1;
    const approved = this.approvals.some((one) => one.text === newest && !one.withdrawn);
    return approved && !this.retired ? newest : null;
  }

  write(writer: number): void {
    this.texts.push({ writer });
    if (this.status === 'approved') this.status = 'in_review';
  }

  withdraw(): void {
    const last = this.approvals.findLast((one) => !one.withdrawn);
    if (last) last.withdrawn = true;
    if (this.status === 'approved') this.status = 'in_review';
  }

  /** Follows an attempt that the app accepted. */
  record({ kind, who }: Attempt, text: number): void {
    if (kind === 'edit' || kind === 'correct') this.write(who);
    else if (kind === 'submit') this.status = 'in_review';
    else if (kind === 'take_back') this.status = 'draft';
    else if (kind === 'send_back') this.status = 'sent_back';
    else if (kind === 'withdraw') this.withdraw();
    else if (kind === 'retire') this.retired = true;
    else if (kind === 'unretire') this.retired = false;
    else {
      this.approvals.push({ text, by: who, withdrawn: false });
      this.status = 'approved';
    }
  }
}

let desk: Desk;
let people: Viewer[];

beforeAll(async () => {
  desk = await createDesk();
  people = [desk.reviewer, desk.admin, await desk.person('reviewer'), await desk.person('admin')];
});

type Seen = Awaited<ReturnType<typeof seenNow>>;

function perform({ kind }: Attempt, viewer: Viewer, seen: Seen): Promise<unknown> {
  const reply = `Reply ${randomUUID()}`;
  const one = { id: seen.exampleId, version: seen.version };
  switch (kind) {
    case 'edit':
      return edit(viewer, seen.exampleId, reply);
    case 'correct':
      return correctAndPassOn(viewer, { ...seen, content: contentOf(reply) });
    case 'approve':
      return approve(viewer, seen);
    case 'send_back':
      return sendBack(viewer, { ...seen, reason: 'Shorter.' });
    case 'withdraw':
      return withdrawApproval(viewer, { exampleId: seen.exampleId });
    case 'submit':
      return moves.submit(viewer, one);
    case 'take_back':
      return moves.takeBack(viewer, one);
    case 'retire':
      return moves.retire(viewer, one);
    case 'unretire':
      return moves.unretire(viewer, one);
    default:
      return kind satisfies never;
  }
}

async function play(history: Attempt[]) {
  const oracle = new Oracle();
  oracle.write(0);
  const first = await createInReview(people[0] as Viewer, desk.datasetId);
  const { exampleId } = first;
  const texts = [first.revisionId];
  const looks: Seen[] = [first];
  for (const step of history) {
    const seen = { ...(looks.at(-1 - step.lag) ?? first), decisionId: randomUUID() };
    const text = texts.indexOf(seen.revisionId);
    const allowed = oracle.mayApprove(step.who, text);
    const outcome = await perform(step, people[step.who] as Viewer, seen).then(
      () => 'accepted' as const,
      (error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        return error.code;
      },
    );
    const now = await seenNow(desk.datasetId, exampleId);
    // What finds itself done already (a repeated decision or move) is accepted and changes nothing.
    const changed = now.version !== looks.at(-1)?.version;
    if (step.kind === 'approve') {
      // Fresh and allowed goes through; anything else never has an effect.
      if (changed) expect(allowed).toBe(true);
      else if (seen.version === looks.at(-1)?.version) expect(allowed).toBe(false);
    }
    if (outcome !== 'accepted') expect(changed).toBe(false);
    if (changed) oracle.record(step, text);
    if (now.revisionId !== texts.at(-1)) texts.push(now.revisionId);
    looks.push(now);

    const state = await stateOf(exampleId);
    const standing = oracle.standing();
    expect(texts.length).toBe(oracle.texts.length);
    expect(state.status === 'approved' ? texts.indexOf(state.currentRevisionId ?? '') : null).toBe(
      standing,
    );
    if (state.status === 'approved') expect(state.approvedRevisionId).toBe(state.currentRevisionId);
  }
  const made = (await reviewsOf(exampleId)).filter((review) => review.decision === 'approve');
  expect(made.map((review) => texts.indexOf(review.revisionId))).toEqual(
    oracle.approvals.map((approval) => approval.text),
  );
  return oracle;
}

test('only a text that somebody else approved ever stands approved, whatever several people do', async () => {
  const seen = { approvals: 0, withdrawn: 0, overtaken: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(attempt, { minLength: 4, maxLength: 14 }), async (history) => {
      const { approvals, texts } = await play(history);
      seen.approvals += approvals.length;
      seen.withdrawn += approvals.filter((approval) => approval.withdrawn).length;
      seen.overtaken += approvals.filter((approval) => approval.text < texts.length - 1).length;
    }),
    { numRuns: 300 },
  );
  // The histories reached what they are about.
  expect(seen.approvals).toBeGreaterThan(100);
  expect(seen.withdrawn).toBeGreaterThan(5);
  expect(seen.overtaken).toBeGreaterThan(20);
}, 600_000);
