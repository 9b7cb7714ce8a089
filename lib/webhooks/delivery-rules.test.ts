import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import {
  GIVE_UP_AFTER_MS,
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
  for (let next = nextAttemptAt(tries, at, 0); next; next = nextAttemptAt(tries, at, 0)) {
    at = next;
    tries += 1;
  }
  expect(tries).toBe(10);
  const total = at.getTime() - now.getTime();
  expect(total).toBe(retryDelaysMs.reduce((sum, delay) => sum + delay, 0));
  expect(total).toBeGreaterThan(GIVE_UP_AFTER_MS);
  expect(nextAttemptAt(1, now, 1)?.getTime()).toBe(now.getTime() + 5_500);
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
