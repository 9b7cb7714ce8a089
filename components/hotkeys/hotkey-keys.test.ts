import { expect, test, vi } from 'vitest';
import { ariaKeys, isFieldKey, isSingleKey, keysOf, printKeys } from './hotkey-keys';
import { GLOBAL_SCOPE, HotkeyStore } from './hotkey-store';

const event = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

test.each([
  [event('a'), 'a'],
  [event('A', { shiftKey: true }), 'shift+a'],
  [event('?', { shiftKey: true }), '?'],
  [event('k', { ctrlKey: true }), 'mod+k'],
  [event('k', { metaKey: true }), 'mod+k'],
  [event('Escape'), 'escape'],
  [event(' '), 'space'],
  [event('φ', { code: 'KeyF' }), 'f'],
  [event('Enter', { ctrlKey: true, shiftKey: true }), 'mod+shift+enter'],
])('%o is %s', (pressed, keys) => {
  expect(keysOf(pressed)).toBe(keys);
});

test.each([
  ['a', true, true],
  ['?', true, true],
  ['shift+a', true, true],
  ['escape', false, true],
  ['mod+k', false, false],
  ['mod+z', false, true],
])('%s: single %s, kept by text fields %s', (keys, single, field) => {
  expect(isSingleKey(keys)).toBe(single);
  expect(isFieldKey(keys)).toBe(field);
});

test('keys are printed and announced', () => {
  expect(printKeys('mod+shift+k')).toBe('Ctrl ⇧ K');
  expect(printKeys('mod+k', true)).toBe('⌘ K');
  expect(printKeys('mod++')).toBe('Ctrl +');
  expect(ariaKeys('mod+enter')).toBe('Control+Enter');
});

const hotkey = (id: string, keys: string, scope = GLOBAL_SCOPE) => ({
  id,
  keys,
  scope,
  label: id,
  inFields: false,
  repeat: false,
  handler: vi.fn(),
});

test('the innermost scope wins, an exclusive one hides the rest', () => {
  const store = new HotkeyStore();
  store.add(hotkey('page.a', 'a'));
  store.add(hotkey('page.b', 'b'));
  store.add(hotkey('review.a', 'a', 'review'));
  expect(store.find('a')?.id).toBe('page.a');
  const leave = store.pushScope('review', 'Review', false);
  expect(store.find('a')?.id).toBe('review.a');
  expect(store.find('b')?.id).toBe('page.b');
  const close = store.pushScope('dialog', 'Dialog', true);
  expect(store.find('a')).toBeUndefined();
  close();
  leave();
  expect(store.find('a')?.id).toBe('page.a');
});

test('keys can be changed, but not to one that is taken, and single keys turned off', () => {
  const stored = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  });
  const store = new HotkeyStore();
  store.add(hotkey('approve', 'a'));
  store.add(hotkey('skip', 's'));
  store.add(hotkey('palette', 'mod+k'));
  expect(store.remap('approve', 's')).toBe(false);
  expect(store.remap('approve', 'y')).toBe(true);
  expect(store.find('a')).toBeUndefined();
  expect(store.find('y')?.id).toBe('approve');
  store.setSingleKeys(false);
  expect(store.find('y')).toBeUndefined();
  expect(store.find('mod+k')?.id).toBe('palette');
  const reloaded = new HotkeyStore();
  reloaded.add(hotkey('approve', 'a'));
  reloaded.load();
  expect(reloaded.singleKeys).toBe(false);
  reloaded.setSingleKeys(true);
  expect(reloaded.find('y')?.id).toBe('approve');
  vi.unstubAllGlobals();
});
