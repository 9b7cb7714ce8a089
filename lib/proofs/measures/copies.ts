import { normaliseText } from '@/lib/examples/content';

/** Training replies made ready for many comparisons. */
export type CopyIndex = {
  /** Whole replies, normalised. */
  replies: ReadonlySet<string>;
  /** Numbers of the words of all replies, one after the other; `BREAK` between replies. */
  words: Int32Array;
  numbers: ReadonlyMap<string, number>;
};

export type CopyResult = {
  /** Word for word a training reply. */
  isExact: boolean;
  /** Words of the longest run that also stands in one training reply. */
  longestRun: number;
};

/** A word that no answer holds. */
const BREAK = -1;

const wordsOf = (text: string) => (text === '' ? [] : text.split(' '));

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
  return { replies: whole, words: Int32Array.from(words), numbers };
}

/**
 * Words of answers that are looked for at once: enough that a release is read a few times for all
 * answers of a proof, and so few that the automaton stays small.
 */
const WORDS_AT_ONCE = 20_000;

/** What each answer copies from the training replies. Linear in the answers and in the replies. */
export function findCopies(answers: readonly string[], index: CopyIndex): CopyResult[] {
  const texts = answers.map(normaliseText);
  const results: CopyResult[] = [];
  let batch: string[][] = [];
  let held = 0;
  const flush = () => {
    if (batch.length === 0) return;
    for (const longestRun of longestRuns(batch, index))
      results.push({ isExact: index.replies.has(texts[results.length] ?? ''), longestRun });
    batch = [];
    held = 0;
  };
  for (const text of texts) {
    const words = wordsOf(text);
    if (held > 0 && held + words.length > WORDS_AT_ONCE) flush();
    batch.push(words);
    held += words.length;
  }
  flush();
  return results;
}

type State = {
  length: number;
  link: State | null;
  next: Map<number, State>;
  /** Words of the longest run of the replies that ends here. */
  reached: number;
};

/**
 * The longest run of each text in the replies, by one suffix automaton of all texts (Blumer et al.
 * 1985). Between texts stands a word that occurs once, so that no run goes on from one into the
 * next. The replies are read once; where they lead is marked, and marks are passed along the
 * suffix links: first up, since with a run all its endings occur, and then down to every ending.
 */
function longestRuns(texts: readonly (readonly string[])[], index: CopyIndex): number[] {
  const root = newState(0, null);
  const states: State[] = [];
  let last = root;
  let once = BREAK;
  const append = (word: number) => {
    last = extend(root, last, word, states);
    return last;
  };
  // Words that no training reply holds are all different from each other.
  const unique = () => {
    once -= 1;
    return once;
  };
  const endings = texts.map((words) => {
    const own = words.map((word) => append(index.numbers.get(word) ?? unique()));
    append(unique());
    return own;
  });
  markRuns(root, index.words);
  states.sort((one, other) => other.length - one.length);
  for (const { link, reached } of states) if (reached > 0 && link) link.reached = link.length;
  for (const state of states.reverse()) state.reached ||= state.link?.reached ?? 0;
  return endings.map((own) => own.reduce((most, { reached }) => Math.max(most, reached), 0));
}

function markRuns(root: State, words: Int32Array): void {
  let state = root;
  let length = 0;
  for (const word of words) {
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
    state.reached = Math.max(state.reached, length);
  }
}

const newState = (length: number, link: State | null): State => ({
  length,
  link,
  next: new Map(),
  reached: 0,
});

function extend(root: State, last: State, word: number, states: State[]): State {
  const added = newState(last.length + 1, root);
  states.push(added);
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
  states.push(copy);
  for (let at: State | null = state; at !== null && at.next.get(word) === known; at = at.link)
    at.next.set(word, copy);
  known.link = copy;
  added.link = copy;
  return added;
}
