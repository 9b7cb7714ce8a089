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
  /** Longest run of words that also stands in one training reply. */
  longestRun: number;
  /** That run, as normalised. */
  run: string;
  words: number;
};

/** A word that no answer holds. */
const BREAK = -1;

/** NFKC and single spaces; case and punctuation count. */
const normalised = (text: string) => text.normalize('NFKC').replace(/\s+/gu, ' ').trim();
const wordsOf = (text: string) => (text === '' ? [] : text.split(' '));

export function indexReplies(replies: readonly string[]): CopyIndex {
  const whole = new Set(replies.map(normalised).filter((reply) => reply !== ''));
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
 * What an answer copies from the training replies. Reads the indexed words once per answer, by a
 * suffix automaton of the answer (Blumer et al. 1985): linear in both.
 */
export function findCopies(answer: string, index: CopyIndex): CopyResult {
  const text = normalised(answer);
  const words = wordsOf(text);
  const { length, end } = longestShared(
    words.map((word) => index.numbers.get(word) ?? null),
    index.words,
  );
  return {
    isExact: index.replies.has(text),
    longestRun: length,
    run: words.slice(end - length, end).join(' '),
    words: words.length,
  };
}

type State = {
  length: number;
  /** Where the state's words end in the answer. */
  end: number;
  link: State | null;
  next: Map<number, State>;
};

/** Longest run of `own` in `others`, and where it ends in `own`; null matches nothing. */
function longestShared(own: readonly (number | null)[], others: Int32Array) {
  const root = automatonOf(own);
  let best = { length: 0, end: 0 };
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
    if (length > best.length) best = { length, end: state.end };
  }
  return best;
}

function automatonOf(own: readonly (number | null)[]): State {
  const root: State = { length: 0, end: 0, link: null, next: new Map() };
  let last = root;
  for (const [at, word] of own.entries()) {
    // Words that no training reply holds are all different from each other.
    last = extend(root, last, word ?? -2 - at, at + 1);
  }
  return root;
}

function extend(root: State, last: State, word: number, end: number): State {
  const added: State = { length: last.length + 1, end, link: root, next: new Map() };
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
