import type { VerdictName } from '@/lib/proofs/statistics/verdict';

export type PartVerdict = { part: 'fresh' | 'known'; verdict: VerdictName };

/** The verdicts that evidence gave. The others say that there is none yet, or can be none. */
const decided: ReadonlySet<VerdictName> = new Set([
  'better_and_good_enough',
  'better_not_good_enough',
  'no_better_than_instructions',
]);

/**
 * Which verdicts of a proof are news, with what was told of it while people voted. During the vote
 * a part is news once: when it is first decided. At closing everything is where nothing was told
 * before; else what differs from what was told.
 */
export function newsOf(
  verdicts: readonly PartVerdict[],
  told: readonly { part: string; verdict: string }[],
  when: 'open' | 'closing',
): PartVerdict[] {
  if (when === 'closing' && told.length === 0) return [...verdicts];
  return verdicts.filter(({ part, verdict }) => {
    const earlier = told.find((one) => one.part === part);
    if (!earlier) return decided.has(verdict);
    return when === 'closing' && earlier.verdict !== verdict;
  });
}
