import { expect, it } from 'vitest';
import english from '@/messages/en/checks.json';
import { checkNames } from './check-content';
import { checkExample } from './check-example';
import { toFindingMessage } from './finding-message';
import { type HouseRule, houseRulesSchema } from './rule-schema';

const list = (phrases: string[], match: string) => phrases.join(match === 'any' ? ' or ' : ' and ');
const id = (last: number) => `0197a000-0000-7000-8000-00000000000${last}`;
const rules: HouseRule[] = houseRulesSchema.parse([
  { id: id(1), kind: 'banned_phrase', phrases: ['so  sorry'] },
  { id: id(2), kind: 'begins_with', texts: ['Dear', 'Hello'] },
  { id: id(3), kind: 'ends_with', texts: ['Kind regards'] },
  { id: id(4), kind: 'must_mention', match: 'all', phrases: ['Monday', 'Friday'] },
  { id: id(5), kind: 'must_mention', phrases: ['free', 'no cost'] },
  { id: id(6), kind: 'length', unit: 'words', min: 50 },
  { id: id(7), kind: 'length', unit: 'words', max: 2 },
  { id: id(8), kind: 'length', unit: 'characters', min: 500 },
  { id: id(9), kind: 'length', unit: 'characters', max: 3, severity: 'blocker' },
]);

it('says each finding in words that exist, with the values that they need', () => {
  const reply = 'We are so\nsorry about {{ordr}} and {{zebra}} and {{x on Monday';
  const messages = [{ role: 'user' as const, content: 'Where\u200b?\u202e' }];
  const system = 'Be kind.\u{e0068}\u{e0069}';
  const findings = checkExample({ rules, slots: ['order'] }, { system, messages, reply });
  const said = findings.map((finding) => toFindingMessage(finding, list));
  expect(said).toEqual([
    { key: 'findings.misspelt_slot', values: { found: '{{ordr}}', suggestion: '{{order}}' } },
    { key: 'findings.unknown_slot', values: { found: '{{zebra}}' } },
    { key: 'findings.half_open_slot', values: { found: '{{x' } },
    { key: 'findings.banned_phrase', values: { found: 'so sorry' } },
    { key: 'findings.begins_with', values: { texts: 'Dear or Hello' } },
    { key: 'findings.ends_with', values: { texts: 'Kind regards' } },
    { key: 'findings.must_mention_all', values: { phrases: 'Friday' } },
    { key: 'findings.must_mention_any', values: { phrases: 'free or no cost' } },
    { key: 'findings.length_short_words', values: { actual: 12, limit: 50 } },
    { key: 'findings.length_long_words', values: { actual: 12, limit: 2 } },
    { key: 'findings.length_short_characters', values: { actual: reply.length, limit: 500 } },
    { key: 'findings.length_long_characters', values: { actual: reply.length, limit: 3 } },
    {
      key: 'findings.hidden_words',
      values: { place: 'system', count: 2, codes: 'U+E0068, U+E0069', words: 'hi' },
    },
    {
      key: 'findings.hidden_character',
      values: { place: 'prompt', count: 2, codes: 'U+200B, U+202E' },
    },
  ]);
  expect(new Set(findings.map((finding) => finding.check))).toEqual(
    new Set([...checkNames, 'hidden_character']),
  );

  const texts: Record<string, string> = english.findings;
  for (const { key, values } of said) {
    const text = texts[key.replace('findings.', '')];
    const wanted = [...(text ?? '').matchAll(/\{(\w+)[,}]/g)].map((match) => match[1]);
    expect(wanted.length).toBeGreaterThan(0);
    expect(Object.keys(values)).toEqual(expect.arrayContaining(wanted));
  }
});

it.each([null, 'x', [], {}, { found: 1 }])('a stored detail %j is no reason to fail', (detail) => {
  for (const check of [...checkNames, 'hidden_character', 'a check of a later version']) {
    expect(toFindingMessage({ check, detail }, list).key).toMatch(/^findings\./);
  }
});
