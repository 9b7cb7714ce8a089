import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SecretPlace } from '@/lib/sealed-columns';
import { openSecret, openWith, sealSecret, sealWith } from '@/lib/secrets';
import { setEnvironment } from '@/tests/set-environment';

const place: SecretPlace = {
  table: 'Webhook',
  id: '0198c5a0-0000-7000-8000-000000000001',
  column: 'secret',
};
const secret = 'whsec_a secret with ünïcode';

test('a sealed secret opens in its place and says nothing before', () => {
  const sealed = sealSecret(secret, place);
  expect(openSecret(sealed, place)).toBe(secret);
  expect(sealed).toMatch(/^v1\.[A-Za-z0-9_-]+$/);
  expect(Buffer.from(sealed.slice(3), 'base64url').includes('whsec_')).toBe(false);
  // A nonce of its own each time.
  expect(sealSecret(secret, place)).not.toBe(sealed);
});

test.each([
  ['another row', { ...place, id: '0198c5a0-0000-7000-8000-000000000002' }],
  ['another column', { ...place, column: 'oldSecret' }],
  ['another table', { ...place, table: 'Connection' }],
])('it does not open in %s', (_, other) => {
  expect(() => openSecret(sealSecret(secret, place), other as SecretPlace)).toThrow();
});

test('every flipped bit and every cut is noticed', () => {
  const bytes = Buffer.from(sealSecret(secret, place).slice(3), 'base64url');
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => openSecret(`v1.${changed.toString('base64url')}`, place)).toThrow();
  }
  for (const length of [0, 11, 27, bytes.length - 1])
    expect(() =>
      openSecret(`v1.${bytes.subarray(0, length).toString('base64url')}`, place),
    ).toThrow();
  expect(() => openSecret(secret, place)).toThrow('not a sealed secret');
});

describe('while the key is being changed', () => {
  const [current, next, other] = [7, 8, 9].map((byte) => Buffer.alloc(32, byte).toString('base64'));
  const keys = { current: current ?? '', next: next ?? '', other: other ?? '' };
  let restore = () => {};
  beforeEach(() => {
    restore = setEnvironment({
      APP_ENCRYPTION_KEY: keys.current,
      APP_ENCRYPTION_KEY_NEXT: keys.next,
    });
    vi.resetModules();
  });
  afterEach(() => {
    restore();
    vi.resetModules();
  });

  test('both keys open, and the next one seals', async () => {
    const anew = await import('@/lib/secrets');
    for (const key of [keys.current, keys.next])
      expect(anew.openSecret(sealWith(key, secret, place), place)).toBe(secret);
    const sealed = anew.sealSecret(secret, place);
    expect(openWith(keys.next, sealed, place)).toBe(secret);
    expect(() => openWith(keys.current, sealed, place)).toThrow();
  });

  test('a third key, another place and a changed bit open nothing', async () => {
    const anew = await import('@/lib/secrets');
    expect(() => anew.openSecret(sealWith(keys.other, secret, place), place)).toThrow();
    const moved = { ...place, id: '0198c5a0-0000-7000-8000-000000000002' };
    for (const key of [keys.current, keys.next]) {
      const sealed = sealWith(key, secret, place);
      expect(() => anew.openSecret(sealed, moved)).toThrow();
      expect(() => anew.openSecret(`${sealed.slice(0, -4)}AAAA`, place)).toThrow();
    }
  });
});
