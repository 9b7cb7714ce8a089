import type { Abilities } from '@/lib/examples/example-rules';
import type { AskedAgainOutcome } from '@/lib/wrong-answers/wrong-answer-schema';

/** How much of two texts is shared, in words that promise no more than the measure holds. */
export type Alikeness = { kind: 'same' | 'nearly' | 'few' } | { kind: 'tenths'; tenths: number };

/** In tenths of the pieces of text that either of the two holds; `similarity` is from 0 to 1. */
export function alikeness(similarity: number): Alikeness {
  if (similarity >= 1) return { kind: 'same' };
  const tenths = Math.round(similarity * 10);
  if (tenths >= 10) return { kind: 'nearly' };
  return tenths < 1 ? { kind: 'few' } : { kind: 'tenths', tenths };
}

/**
 * How an example can be brought before a reviewer again. An approved one goes there when its
 * approval is withdrawn, or by an edit where this person may not withdraw.
 */
export type WayToReview = 'submit' | 'withdraw' | 'edit' | 'in_review' | 'retired' | 'none';

export function wayToReview(may: Abilities): WayToReview {
  if (may.submit === null) return 'submit';
  if (may.submit === 'alreadyInReview') return 'in_review';
  if (may.submit === 'retired') return 'retired';
  if (may.submit !== 'alreadyApproved') return 'none';
  if (may.withdraw === null) return 'withdraw';
  return may.edit === null ? 'edit' : 'none';
}

/** A case whose answer by an earlier model was marked, and what became of it with a later one. */
export type EarlierCase = {
  isHeldOut: boolean;
  /** The later model has an answer that could be made. */
  isAsked: boolean;
  outcome: AskedAgainOutcome | null;
};

export type AskedAgainCounts = {
  cases: number;
  asked: number;
  rightNow: number;
  stillWrong: number;
  /** Asked, and nobody has said yet what the answer is. */
  open: number;
  /** Not asked: the example is neither held out in the later model's release nor retired by a proof. */
  notHeldOut: number;
  /** Not asked, or without an answer, for another reason. */
  notAnswered: number;
};

/** Every case stands in exactly one of: right now, still wrong, open, not held out, not answered. */
export function countAskedAgain(cases: readonly EarlierCase[]): AskedAgainCounts {
  const count = (is: (one: EarlierCase) => boolean) => cases.filter(is).length;
  return {
    cases: cases.length,
    asked: count((one) => one.isAsked),
    rightNow: count((one) => one.isAsked && one.outcome === 'right_now'),
    stillWrong: count((one) => one.isAsked && one.outcome === 'still_wrong'),
    open: count((one) => one.isAsked && one.outcome === null),
    notHeldOut: count((one) => !one.isAsked && !one.isHeldOut),
    notAnswered: count((one) => !one.isAsked && one.isHeldOut),
  };
}
