import { countWords } from '@/lib/checks/text-length';

/** How long an answer is beside its ideal reply: shorter than half, longer than twice, or neither. */
export type LengthFit = 'fitting' | 'much_shorter' | 'much_longer';

export type AnswerLength = { words: number; fit: LengthFit };

/** An answer to an empty ideal reply fits. */
export function compareLength(answer: string, idealReply: string): AnswerLength {
  const [words, ideal] = [countWords(answer), countWords(idealReply)];
  if (ideal === 0) return { words, fit: 'fitting' };
  const fit = words * 2 < ideal ? 'much_shorter' : words > ideal * 2 ? 'much_longer' : 'fitting';
  return { words, fit };
}

export type LengthSummary = {
  /** Middle number of words; 0 without answers. */
  medianWords: number;
  muchShorter: number;
  muchLonger: number;
};

export function summariseLengths(lengths: readonly AnswerLength[]): LengthSummary {
  return {
    medianWords: median(lengths.map(({ words }) => words)),
    muchShorter: lengths.filter(({ fit }) => fit === 'much_shorter').length,
    muchLonger: lengths.filter(({ fit }) => fit === 'much_longer').length,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const high = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const low = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
  return (low + high) / 2;
}
