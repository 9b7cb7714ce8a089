/** Something wrong with a slot of a reply; offsets in UTF-16 code units. */
export type SlotFault =
  | { check: 'unknown_slot'; start: number; end: number; slot: string; suggestion?: string }
  | { check: 'half_open_slot'; start: number; end: number };

/** Longest text between braces that is still taken for a slot. */
const MAX_INSIDE = 80;
const slotName = /^[a-z0-9_]+$/;

/** The complete slots of a text, declared or not. */
export function slotSpans(text: string): { start: number; end: number; name: string }[] {
  const spans: { start: number; end: number; name: string }[] = [];
  for (const match of text.matchAll(/\{\{([a-z0-9_]{1,64})\}\}/g)) {
    spans.push({
      start: match.index,
      end: match.index + match[0].length,
      name: match[1] as string,
    });
  }
  return spans;
}

/**
 * Unknown, misspelt and half-open slots, at most `limit`. Braces that nest (a reply in JSON) are
 * none. Full-width braces are read as braces, because people cannot see the difference and the
 * sending system can. Linear.
 */
export function findSlotFaults(
  original: string,
  declared: readonly string[],
  limit = 50,
): SlotFault[] {
  const text = original.replaceAll('｛', '{').replaceAll('｝', '}');
  const known = new Set(declared);
  const faults: SlotFault[] = [];
  const open: number[] = [];
  let at = nextBrace(text, 0);
  while (at < text.length && faults.length < limit) {
    if (text[at] === '{') {
      const isPair = text[at + 1] === '{' && text[at + 2] !== '{';
      if (!isPair) {
        open.push(at);
        at = nextBrace(text, at + 1);
        continue;
      }
      const slot = readSlot(text, at);
      if (!slot.closed) faults.push({ check: 'half_open_slot', start: at, end: slot.end });
      else if (!isDeclared(original, at, slot.end, known)) {
        const name = original.slice(at + 2, slot.end - 2).trim();
        const suggestion = nearestSlot(name, declared);
        faults.push({
          check: 'unknown_slot',
          start: at,
          end: slot.end,
          slot: name,
          ...(suggestion ? { suggestion } : {}),
        });
      }
      at = nextBrace(text, slot.end);
    } else if (text[at + 1] !== '}' || open.length >= 2) {
      open.pop();
      at = nextBrace(text, at + 1);
    } else {
      const opening = open.pop();
      const isNear =
        opening !== undefined &&
        at - opening <= MAX_INSIDE &&
        !text.slice(opening, at).includes('\n');
      faults.push({
        check: 'half_open_slot',
        start: isNear ? opening : wordStart(text, at),
        end: at + 2,
      });
      at = nextBrace(text, at + 2);
    }
  }
  return faults;
}

function nextBrace(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x7b || unit === 0x7d) return at;
  }
  return text.length;
}

/** Reads on from `{{`: to its `}}`, or to where a half-open one stops. */
function readSlot(text: string, start: number): { closed: boolean; end: number } {
  const last = Math.min(text.length, start + 2 + MAX_INSIDE);
  for (let at = start + 2; at < last; at += 1) {
    const character = text[at];
    if (character === '}')
      return text[at + 1] === '}' ? { closed: true, end: at + 2 } : { closed: false, end: at + 1 };
    if (character === '{' || character === '\n') break;
  }
  const name = /^[\p{L}\p{N}_]*/u.exec(text.slice(start + 2, last))?.[0] ?? '';
  return { closed: false, end: start + 2 + name.length };
}

function isDeclared(original: string, start: number, end: number, known: Set<string>): boolean {
  const slot = original.slice(start, end);
  const name = slot.slice(2, -2);
  return slot.startsWith('{{') && slot.endsWith('}}') && slotName.test(name) && known.has(name);
}

/** Where the word before a lone `}}` begins. */
function wordStart(text: string, end: number): number {
  const before = text.slice(Math.max(0, end - MAX_INSIDE), end);
  return end - (/[\p{L}\p{N}_]*$/u.exec(before)?.[0].length ?? 0);
}

/** The declared name with the fewest typing errors between, if it is near enough to be meant. */
export function nearestSlot(name: string, declared: readonly string[]): string | undefined {
  const wanted = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s-]+/gu, '_');
  let best: { name: string; distance: number } | undefined;
  for (const candidate of declared) {
    const distance = editDistance(wanted.slice(0, 64), candidate);
    if (best === undefined || distance < best.distance) best = { name: candidate, distance };
  }
  const near = best !== undefined && best.distance <= Math.max(2, Math.floor(best.name.length / 3));
  return near && best !== undefined && best.distance < best.name.length ? best.name : undefined;
}

/** Levenshtein distance in UTF-16 code units. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const change = (previous[column - 1] as number) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(
        Math.min(change, (previous[column] as number) + 1, (current[column - 1] as number) + 1),
      );
    }
    previous = current;
  }
  return previous[b.length] as number;
}
