import { describe, expect, test } from 'vitest';
import { canStepIn, countedAddress, isPrivateAddress, isSecureEnough } from './client-rules';

const here = { address: '127.0.0.1', forwarded: false };

describe('stepping in', () => {
  test.each([
    ['http://localhost:3000', 'localhost:3000', here, true],
    [
      'http://127.0.0.1:3000',
      '127.0.0.1:3000',
      { address: '::ffff:127.0.0.1', forwarded: false },
      true,
    ],
    ['http://[::1]:3000', '[::1]:3000', { address: '::1', forwarded: false }, true],
    ['https://app.example', 'localhost:3000', here, false],
    ['http://localhost:3000', 'app.example', here, false],
    ['http://localhost:3000', 'localhost.evil.example', here, false],
    ['http://localhost:3000', '127.0.0.1.evil.example', here, false],
    ['http://localhost:3000', null, here, false],
    [
      'http://localhost:3000',
      'localhost:3000',
      { address: '192.168.1.7', forwarded: false },
      false,
    ],
    ['http://localhost:3000', 'localhost:3000', { address: '127.0.0.1', forwarded: true }, false],
    ['http://localhost:3000', 'localhost:3000', null, false],
  ])('%s, Host %s, peer %o → %s', (appUrl, host, peer, expected) => {
    expect(canStepIn({ appUrl, host, peer })).toBe(expected);
  });
});

test.each([
  [here, null, '127.0.0.1'],
  [{ address: '203.0.113.9', forwarded: false }, null, '203.0.113.9'],
  // A stranger who sends the header himself is counted as himself.
  [{ address: '203.0.113.9', forwarded: true }, '198.51.100.1', '203.0.113.9'],
  // A proxy appends what it saw; what the caller invented stands before it.
  [{ address: '127.0.0.1', forwarded: true }, '1.1.1.1, 198.51.100.1', '198.51.100.1'],
  [{ address: '10.0.0.2', forwarded: true }, '198.51.100.1', '198.51.100.1'],
  [{ address: '10.0.0.2', forwarded: true }, 'unknown', '10.0.0.2'],
  [{ address: '2001:db8:1:2:3:4:5:6', forwarded: false }, null, '2001:db8:1:2::/64'],
  [{ address: '2001:db8::1', forwarded: false }, null, '2001:db8:0:0::/64'],
  [{ address: '::ffff:203.0.113.9', forwarded: false }, null, '203.0.113.9'],
  [null, '198.51.100.1', null],
])('%o with X-Forwarded-For %s counts for %s', (peer, forwardedFor, expected) => {
  expect(countedAddress(peer, forwardedFor)).toBe(expected);
});

test.each([
  ['10.1.2.3', true],
  ['172.16.0.1', true],
  ['172.32.0.1', false],
  ['192.168.0.1', true],
  ['100.64.0.1', true],
  ['100.128.0.1', false],
  ['fd00::1', true],
  ['fe80::1', true],
  ['2001:db8::1', false],
  ['8.8.8.8', false],
])('%s private: %s', (address, expected) => {
  expect(isPrivateAddress(address)).toBe(expected);
});

test.each([
  ['https://app.example', 'app.example', true],
  ['https://app.example', '10.0.0.4:3000', true],
  ['http://localhost:3000', 'localhost:3000', true],
  ['http://localhost:3000', '192.168.1.5:3000', false],
  ['http://192.168.1.5:3000', '192.168.1.5:3000', false],
])('APP_URL %s, Host %s keeps the cookie: %s', (appUrl, host, expected) => {
  expect(isSecureEnough({ appUrl, host })).toBe(expected);
});
