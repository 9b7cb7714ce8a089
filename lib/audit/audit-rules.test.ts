import { createHash } from 'node:crypto';
import { createTranslator } from 'next-intl';
import { describe, expect, test } from 'vitest';
import { auditActions, isAuditAction } from '@/lib/audit/action-names';
import { readDetails } from '@/lib/audit/audit-rules';
import { loadRecordUrl, serializeRecordUrl, toRecordFilter } from '@/lib/audit/audit-url';
import { FIRST_PREVIOUS, type SealedEntry, sealHash } from '@/lib/audit/seal-rules';
import { roles } from '@/lib/permissions';
import { queueNames } from '@/lib/queue';
import { decidedOutcomes, regressionKinds } from '@/lib/regression-set/regression-schema';
import { askedAgainOutcomes } from '@/lib/wrong-answers/wrong-answer-schema';
import texts from '@/messages/en/audit.json';

const id = '0199c2a0-0000-7000-8000-000000000001';
const entry: SealedEntry = {
  id,
  workspaceId: null,
  actorId: null,
  via: 'session',
  action: 'session.started',
  subjectType: 'session',
  subjectId: null,
  data: '{"method": "password", "count": 2}',
  at: '2026-11-25T12:00:00.123456Z',
};
const place = { chain: id, sequence: 1, previous: FIRST_PREVIOUS };

describe('a seal', () => {
  test('is the SHA-256 of the canonical JSON, keys in order and without spaces', () => {
    const canonical = `{"chain":"${id}","entry":{"action":"session.started","actorId":null,"at":"2026-11-25T12:00:00.123456Z","data":{"count":2,"method":"password"},"id":"${id}","subjectId":null,"subjectType":"session","via":"session","workspaceId":null},"previous":"${FIRST_PREVIOUS}","sequence":1}`;
    expect(sealHash(entry, place)).toBe(createHash('sha256').update(canonical).digest('hex'));
  });

  test.each([
    ['the data', { ...entry, data: '{"method": "password", "count": 3}' }, place],
    ['the time', { ...entry, at: '2026-11-25T12:00:00.123457Z' }, place],
    ['the place', entry, { ...place, sequence: 2 }],
    ['the chain', entry, { ...place, chain: id.replace('1', '2') }],
    ['what stands before', entry, { ...place, previous: 'f'.repeat(64) }],
  ])('changes with %s', (_, other, at) => {
    expect(sealHash(other, at)).not.toBe(sealHash(entry, place));
  });
});

describe('the address of the record', () => {
  test('goes there and back', async () => {
    const url = await loadRecordUrl(
      Promise.resolve({
        scope: 'accounts',
        person: id,
        action: 'session.started',
        from: '2026-11-01',
        at: `next~2026-11-25T12:00:00.123456Z~${id}`,
      }),
    );
    const again = serializeRecordUrl('/w/shop/record', url);
    const parsed = Object.fromEntries(new URL(again, 'http://x').searchParams);
    expect(await loadRecordUrl(Promise.resolve(parsed))).toEqual(url);
    expect(toRecordFilter(url)).toEqual({
      scope: 'accounts',
      person: id,
      action: 'session.started',
      from: '2026-11-01',
    });
  });

  test('falls back where it makes no sense', async () => {
    const url = await loadRecordUrl(
      Promise.resolve({
        scope: 'everything',
        person: 'x',
        action: "'; drop",
        from: 'yesterday',
        at: 'a~b',
      }),
    );
    expect(toRecordFilter(url)).toEqual({ scope: 'workspace' });
    expect(url.at).toBeNull();
  });
});

describe('what stands beside a sentence', () => {
  test('is counts and enum values, never ids', () => {
    expect(readDetails({ from: 'draft', to: 'in_review', version: 3, jobId: id })).toEqual([
      { kind: 'change', from: 'draft', to: 'in_review' },
      { kind: 'number', key: 'version', value: 3 },
    ]);
    expect(readDetails(null)).toEqual([]);
    expect(readDetails({ version: 'three', role: 7 })).toEqual([]);
  });
});

test('every enum value that stands beside a sentence has its words', () => {
  const t = createTranslator({ locale: 'en', messages: { audit: texts }, namespace: 'audit' });
  const words = [
    ...roles,
    ...regressionKinds,
    ...decidedOutcomes,
    'canary',
    ...queueNames,
    ...askedAgainOutcomes,
  ];
  expect(words.filter((word) => !t.has(`values.${word}` as never))).toEqual([]);
});

test('every action belongs to a kind that the filter names', () => {
  expect(auditActions.length).toBeGreaterThan(60);
  expect(auditActions.every(isAuditAction)).toBe(true);
  expect(Object.keys(texts.domains).sort()).toEqual(Object.keys(texts.actions).sort());
});
