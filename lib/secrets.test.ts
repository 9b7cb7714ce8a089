import { expect, test } from 'vitest';
import { openSecret, sealSecret } from '@/lib/secrets';

const place = { table: 'Webhook', id: '0198c5a0-0000-7000-8000-000000000001', column: 'secret' };
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
  expect(() => openSecret(sealSecret(secret, place), other)).toThrow();
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
