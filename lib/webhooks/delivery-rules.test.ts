import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import {
  askedWaitMs,
  GIVE_UP_AFTER_MS,
  MAX_ASKED_WAIT_MS,
  nextAttemptAt,
  outcomeOfError,
  outcomeOfStatus,
  retryDelaysMs,
} from '@/lib/webhooks/delivery-rules';
import { createSigningSecret, signedHeaders } from '@/lib/webhooks/signature';

test('ten attempts over a little more than the time after which a webhook is given up', () => {
  const now = new Date('2026-01-01T00:00:00Z');
  let at = now;
  let tries = 1;
  const following = () => nextAttemptAt({ tries, now: at, chance: 0 });
  for (let next = following(); next; next = following()) {
    at = next;
    tries += 1;
  }
  expect(tries).toBe(10);
  const total = at.getTime() - now.getTime();
  expect(total).toBe(retryDelaysMs.reduce((sum, delay) => sum + delay, 0));
  expect(total).toBeGreaterThan(GIVE_UP_AFTER_MS);
  expect(nextAttemptAt({ tries: 1, now, chance: 1 })?.getTime()).toBe(now.getTime() + 5_500);
});

const noon = new Date('1994-11-06T12:00:00Z');
const HOUR = 3_600_000;
test.each([
  [429, '120', 120_000],
  [503, '120', 120_000],
  [503, ' 7 ', 7_000],
  [429, '0', 0],
  [429, '86400', 24 * HOUR],
  [429, '86401', 24 * HOUR],
  [429, '9'.repeat(400), 24 * HOUR],
  // The three forms of a date, each in an hour.
  [503, 'Sun, 06 Nov 1994 13:00:00 GMT', HOUR],
  [503, 'Sunday, 06-Nov-94 13:00:00 GMT', HOUR],
  [503, 'Sun Nov  6 13:00:00 1994', HOUR],
  [503, 'Sun, 06 Nov 1994 11:00:00 GMT', 0],
  [503, 'Fri, 31 Dec 9999 23:59:59 GMT', 24 * HOUR],
  [503, 'Sun, 06 Nov 1994 13:00:00 PST', 0],
  [503, 'Sun, 06 Nov 1994 99:99:99 GMT', 0],
  [503, '2099-01-01T00:00:00Z', 0],
  [429, '-5', 0],
  [429, '1.5', 0],
  [429, '1e9', 0],
  [429, '0x10', 0],
  [429, 'soon', 0],
  [429, '', 0],
  [429, null, 0],
  // Of other answers it says something else.
  [500, '120', 0],
  [301, '120', 0],
  [null, '120', 0],
])('an answer %s with Retry-After %j asks for %i ms', (status, retryAfter, ms) => {
  expect(askedWaitMs({ status, retryAfter }, noon)).toBe(ms);
});

test.each([
  ['nothing asked: the schedule', 1, 0, 0, 5_000],
  ['less than planned: the schedule', 2, 10_000, 0, 300_000],
  ['more than planned: what is asked', 1, 60_000, 0, 60_000],
  ['never sooner, a little later by chance', 1, 60_000, 1, 66_000],
  ['the longest of both', 9, MAX_ASKED_WAIT_MS, 0, 24 * HOUR],
])('%s', (_, tries, askedMs, chance, ms) => {
  const next = nextAttemptAt({ tries, now: noon, chance, askedMs });
  expect((next?.getTime() ?? 0) - noon.getTime()).toBe(ms);
});

test('no answer asks for an attempt more', () => {
  const last = { tries: 10, now: noon, chance: 0, askedMs: 60_000 };
  expect(nextAttemptAt(last)).toBeNull();
});

test.each([
  [200, 'delivered'],
  [204, 'delivered'],
  [301, 'redirected'],
  [410, 'gone'],
  [404, 'answered'],
  [500, 'answered'],
])('status %i: %s', (status, outcome) => {
  expect(outcomeOfStatus(status)).toBe(outcome);
});

test.each([
  ['ENOTFOUND', 'unknown_host'],
  ['EAI_AGAIN', 'unknown_host'],
  ['ECONNREFUSED', 'unreachable'],
  ['ETIMEDOUT', 'timeout'],
  ['CERT_HAS_EXPIRED', 'tls'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
  ['ECONNRESET', 'broken'],
  ['', 'broken'],
])('code %s: %s', (code, outcome) => {
  expect(outcomeOfError(code)).toBe(outcome);
});

// The example of the specification's own library and its tests.
test('signs as the specification says', () => {
  const headers = signedHeaders(
    {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      body: '{"test": 2432232314}',
      at: new Date(1_614_265_330_000),
    },
    ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
  );
  expect(headers).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('every secret signs, and the library of the specification takes each', () => {
  const secrets = [createSigningSecret(), createSigningSecret()];
  const message = { id: 'one', body: '{"type":"ä"}', at: new Date() };
  const headers = signedHeaders(message, secrets);
  for (const secret of secrets)
    expect(new Webhook(secret).verify(message.body, headers)).toEqual({ type: 'ä' });
  expect(() => new Webhook(createSigningSecret()).verify(message.body, headers)).toThrow();
  expect(() => new Webhook(secrets[0] ?? '').verify(`${message.body} `, headers)).toThrow();
});
