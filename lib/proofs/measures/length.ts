import { countCharacters, countWords } from '@/lib/checks/text-length';

export type TextLength = { words: number; characters: number };

/** Length as people count it, white space at the ends aside. */
export function lengthOf(text: string): TextLength {
  const trimmed = text.trim();
  return { words: countWords(trimmed), characters: countCharacters(trimmed) };
}

export type LengthComparison = {
  /** Middle number of words of the answers, and of the human replies; null without any. */
  medianWords: number | null;
  medianHumanWords: number | null;
  /** Middle of words of an answer ÷ words of its human reply; empty human replies are left out. */
  medianRatio: number | null;
  /** Answers shorter than half, or longer than twice, their human reply. */
  muchShorter: number;
  muchLonger: number;
};

export function compareLengths(
  pairs: readonly { answer: string; humanReply: string }[],
): LengthComparison {
  const counted = pairs.map(({ answer, humanReply }) => ({
    own: lengthOf(answer).words,
    human: lengthOf(humanReply).words,
  }));
  const ratios = counted.flatMap(({ own, human }) => (human === 0 ? [] : [own / human]));
  return {
    medianWords: median(counted.map((pair) => pair.own)),
    medianHumanWords: median(counted.map((pair) => pair.human)),
    medianRatio: median(ratios),
    muchShorter: ratios.filter((ratio) => ratio < 0.5).length,
    muchLonger: ratios.filter((ratio) => ratio > 2).length,
  };
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const high = sorted[Math.floor(sorted.length / 2)];
  const low = sorted[Math.ceil(sorted.length / 2) - 1];
  return high === undefined || low === undefined ? null : (low + high) / 2;
}
