/** A combination such as `a`, `shift+j`, `mod+k` (Ctrl, or Cmd on a Mac), `escape`, `?`. */
export type Keys = string;

interface KeyEvent {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const SYMBOL = /^[^\p{L}\p{N}\s]$/u;
const NAMED: Record<string, string> = { ' ': 'space', esc: 'escape', return: 'enter' };
/** What a text field does with these keys is its own business. */
const FIELD_KEYS = new Set(['mod+a', 'mod+c', 'mod+v', 'mod+x', 'mod+y', 'mod+z', 'mod+shift+z']);

/** The combination that an event stands for, in the order mod, alt, shift, key. */
export function keysOf(event: KeyEvent): Keys {
  const key = keyName(event);
  // A symbol such as `?` already holds its shift key.
  const shift = event.shiftKey && !SYMBOL.test(key);
  return [
    event.ctrlKey || event.metaKey ? 'mod' : null,
    event.altKey ? 'alt' : null,
    shift ? 'shift' : null,
    key,
  ]
    .filter(Boolean)
    .join('+');
}

function keyName(event: KeyEvent): string {
  const key = event.key.toLowerCase();
  // On a keyboard with other letters (Greek, Cyrillic) the place of the key counts.
  const place = /^Key([A-Z])$/.exec(event.code)?.[1];
  if (place && !/^[\x20-\x7e]+$/.test(key)) return place.toLowerCase();
  return NAMED[key] ?? key;
}

/** True for a key that needs no modifier: those can be turned off (WCAG 2.1.4). */
export function isSingleKey(keys: Keys): boolean {
  return /^(shift\+)?.$/u.test(keys);
}

/** True where a text field keeps the combination for itself. */
export function isFieldKey(keys: Keys): boolean {
  return !keys.startsWith('mod+') || FIELD_KEYS.has(keys);
}

/** True for keys that only shift, and so are no combination yet. */
export function isModifier(key: string): boolean {
  return ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock'].includes(key);
}

const PRINTED: Record<string, string> = {
  escape: 'Esc',
  enter: '↵',
  space: '␣',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  backspace: '⌫',
  delete: 'Del',
  alt: 'Alt',
  shift: '⇧',
};

/** The combination as it is printed on a button. */
export function printKeys(keys: Keys, mac = false): string {
  return keys
    .split(/\+(?=.)/)
    .map((part) => (part === 'mod' ? (mac ? '⌘' : 'Ctrl') : (PRINTED[part] ?? part.toUpperCase())))
    .join(' ');
}

/** The combination as `aria-keyshortcuts` wants it. */
export function ariaKeys(keys: Keys): string {
  return keys
    .split(/\+(?=.)/)
    .map((part) => (part === 'mod' ? 'Control' : part.charAt(0).toUpperCase() + part.slice(1)))
    .join('+');
}
