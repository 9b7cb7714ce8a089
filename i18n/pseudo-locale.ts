import type { Messages } from './messages';

/** A made-up language: English with accents and brackets, so that untranslated text stands out. */
export const PSEUDO_LOCALE = 'en-XA';

const ACCENTED: Record<string, string> = Object.fromEntries(
  [...'abcdefghijklmnopqrstuvwxyz'].map((letter, index) => [
    letter,
    [...'åƀçđéƒğħïĵķļɱñöþɋŕšŧüṽŵẋýž'][index] ?? letter,
  ]),
);

/** Derives the pseudo-locale from English: every message is accented and put in brackets. */
export function pseudoTranslate(messages: Messages): Messages {
  return Object.fromEntries(
    Object.entries(messages).map(([key, value]) => [
      key,
      typeof value === 'string' ? pseudoMessage(value) : pseudoTranslate(value),
    ]),
  );
}

/**
 * Accents one ICU message. Arguments, plural and select keywords, rich-text tags and quoted
 * parts are kept, so that the result is still a valid message with the same arguments.
 */
export function pseudoMessage(message: string): string {
  return `[${accentText(message, 0, false).text}]`;
}

function accentText(
  message: string,
  start: number,
  nested: boolean,
): { text: string; end: number } {
  let text = '';
  let at = start;
  while (at < message.length) {
    const char = message.charAt(at);
    if (nested && char === '}') return { text, end: at };
    if (char === '{') {
      const argument = accentArgument(message, at);
      text += argument.text;
      at = argument.end;
    } else if (char === '<' && /^<\/?[\w-]+>/.test(message.slice(at))) {
      const end = message.indexOf('>', at) + 1;
      text += message.slice(at, end);
      at = end;
    } else {
      text += ACCENTED[char] ?? char;
      at += 1;
    }
  }
  return { text, end: at };
}

/** Copies `{name}` and `{name, plural, one {…} other {…}}`, accenting only the inner messages. */
function accentArgument(message: string, start: number): { text: string; end: number } {
  const head = /^\{\s*\w+\s*(?:,\s*(plural|select|selectordinal)\s*,)?/.exec(message.slice(start));
  if (!head?.[1]) {
    const end = message.indexOf('}', start) + 1 || message.length;
    return { text: message.slice(start, end), end };
  }
  let text = head[0];
  let at = start + head[0].length;
  while (at < message.length && message.charAt(at) !== '}') {
    if (message.charAt(at) === '{') {
      const inner = accentText(message, at + 1, true);
      text += `{${inner.text}}`;
      at = inner.end + 1;
    } else {
      text += message.charAt(at);
      at += 1;
    }
  }
  return { text: `${text}}`, end: at + 1 };
}
