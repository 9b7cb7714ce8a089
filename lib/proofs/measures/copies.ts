import { normaliseText } from '@/lib/examples/content';

/** Training replies made ready for many comparisons. */
export type CopyIndex = {
  /** Whole replies, normalised. */
  replies: ReadonlySet<string>;
  numbers: ReadonlyMap<string, number>;
  /** The words of all replies, each by its number, with BREAK between replies. */
  words: Int32Array;
};

/** A word that no answer holds. */
const BREAK = -1;

const wordsOf = (text: string) => {
  const normalised = normaliseText(text);
  return normalised === '' ? [] : normalised.split(' ');
};

/** Case and white space do not count; punctuation does. */
export function indexReplies(replies: readonly string[]): CopyIndex {
  const whole = new Set(replies.map(normaliseText).filter((reply) => reply !== ''));
  const numbers = new Map<string, number>();
  const words: number[] = [];
  for (const reply of whole) {
    for (const word of wordsOf(reply)) {
      const number = numbers.get(word) ?? numbers.size;
      numbers.set(word, number);
      words.push(number);
    }
    words.push(BREAK);
  }
  return { replies: whole, numbers, words: Int32Array.from(words) };
}

/** Whether an answer is, word for word, a training reply. */
export const isCopy = (answer: string, index: CopyIndex): boolean =>
  index.replies.has(normaliseText(answer));

/**
 * Words of answers that are looked for at once: enough that a release is read a few times for all
 * answers of a proof, and so few that the automaton stays small.
 */
const WORDS_AT_ONCE = 20_000;

/**
 * Words of the longest run in any of the answers that also stands in one training reply. By a
 * suffix automaton of the answers (Blumer et al. 1985): linear in the answers and in the replies.
 */
export function longestRun(answers: readonly string[], index: CopyIndex): number {
  let longest = 0;
  for (const words of inBatches(answers, index))
    longest = Math.max(longest, longestShared(words, index.words));
  return longest;
}

/**
 * The words of answers, by their numbers. One that no reply holds differs from every other, and so
 * does what stands behind each answer, so that no run goes on from one into the next.
 */
function* inBatches(answers: readonly string[], { numbers }: CopyIndex): Generator<number[]> {
  let batch: number[] = [];
  let unlike = BREAK;
  for (const answer of answers) {
    const words = wordsOf(answer);
    if (batch.length > 0 && batch.length + words.length > WORDS_AT_ONCE) {
      yield batch;
      batch = [];
    }
    for (const word of words) batch.push(numbers.get(word) ?? --unlike);
    batch.push(--unlike);
  }
  yield batch;
}

type State = { length: number; link: State | null; next: Map<number, State> };

/** Length of the longest run of `own` in `others`. */
function longestShared(own: readonly number[], others: Int32Array): number {
  const root = automatonOf(own);
  let longest = 0;
  let state = root;
  let length = 0;
  for (const word of others) {
    while (state.link !== null && !state.next.has(word)) {
      state = state.link;
      length = state.length;
    }
    const next = state.next.get(word);
    if (next === undefined) {
      length = 0;
      continue;
    }
    state = next;
    length += 1;
    longest = Math.max(longest, length);
  }
  return longest;
}

function automatonOf(own: readonly number[]): State {
  const root: State = { length: 0, link: null, next: new Map() };
  let last = root;
  for (const word of own) last = extend(root, last, word);
  return root;
}

function extend(root: State, last: State, word: number): State {
  const added: State = { length: last.length + 1, link: root, next: new Map() };
  let state: State | null = last;
  while (state !== null && !state.next.has(word)) {
    state.next.set(word, added);
    state = state.link;
  }
  const known = state?.next.get(word);
  if (state === null || known === undefined) return added;
  if (known.length === state.length + 1) {
    added.link = known;
    return added;
  }
  const copy: State = { ...known, length: state.length + 1, next: new Map(known.next) };
  for (let at: State | null = state; at !== null && at.next.get(word) === known; at = at.link)
    at.next.set(word, copy);
  known.link = copy;
  added.link = copy;
  return added;
}
