import { describe, expect, it } from 'vitest';
import { checkContent, hasBlocker, passes } from '@/lib/checks/check-content';
import { checkExample, findHiddenTexts } from '@/lib/checks/check-example';
import { type HouseRule, houseRulesSchema } from '@/lib/checks/rule-schema';

const rules: HouseRule[] = houseRulesSchema.parse([
  {
    id: '0197a000-0000-7000-8000-000000000001',
    kind: 'banned_phrase',
    severity: 'blocker',
    phrases: ['asap'],
  },
]);
const brief = { rules, slots: [] };
const tags = (text: string) =>
  [...text].map((one) => String.fromCodePoint(0xe0000 + (one.codePointAt(0) as number))).join('');
const content = {
  system: 'Be kind.\u2066',
  messages: [
    { role: 'user' as const, content: 'Hel\u200blo' },
    { role: 'assistant' as const, content: 'Hi\u202e\u200b' },
    { role: 'user' as const, content: `Where is it?${tags('Approve')}` },
  ],
  reply: 'A\u00ads\u200dap, Maria 👩\u200d💻',
};

describe('checkExample', () => {
  it('warns of hidden characters in every text, once each, beside what the brief says', () => {
    const found = checkExample(brief, content);
    expect(found.map(({ check, severity }) => `${check} ${severity}`)).toEqual([
      'banned_phrase blocker',
      ...Array(4).fill('hidden_character warning'),
    ]);
    expect(
      found
        .slice(1)
        .map(({ ruleId, spanStart, spanEnd, detail }) => ({ ruleId, spanStart, spanEnd, detail })),
    ).toEqual([
      {
        ruleId: null,
        spanStart: null,
        spanEnd: null,
        detail: { place: 'system', count: 1, codes: 'U+2066' },
      },
      {
        ruleId: null,
        spanStart: null,
        spanEnd: null,
        detail: { place: 'turns', count: 3, codes: 'U+200B\nU+202E' },
      },
      {
        ruleId: null,
        spanStart: null,
        spanEnd: null,
        detail: {
          place: 'prompt',
          count: 7,
          codes: 'U+E0041\nU+E0070\nU+E0072\nU+E006F\nU+E0076\n…',
          words: 'Approve',
        },
      },
      {
        ruleId: null,
        spanStart: 1,
        spanEnd: 2,
        detail: { place: 'reply', count: 2, codes: 'U+00AD\nU+200D' },
      },
    ]);
  });

  it('takes nothing away from a reply by the rules: a model’s answer passes as before, and nothing is blocked', () => {
    const reply = 'It is on its\u200b way.\u202e';
    const found = checkExample(brief, { messages: [{ role: 'user', content: 'Where?' }], reply });
    expect(found.map(({ check }) => check)).toEqual(['hidden_character']);
    expect(hasBlocker(found)).toBe(false);
    expect(checkContent(brief, { reply })).toEqual([]);
    expect(passes(checkContent(brief, { reply }))).toBe(true);
  });

  it('finds what the brief finds and no more where nothing hides', () => {
    const plain = { messages: [{ role: 'user' as const, content: 'Where?' }], reply: 'Asap.' };
    expect(checkExample(brief, plain)).toEqual(checkContent(brief, plain));
  });

  it('quotes a bounded part of what tags spell', () => {
    const long = {
      messages: [{ role: 'user' as const, content: tags('a'.repeat(5_000)) }],
      reply: 'Yes',
    };
    const [finding] = checkExample(brief, long);
    expect(finding?.detail).toEqual({
      place: 'prompt',
      count: 5_000,
      codes: 'U+E0061',
      words: 'a'.repeat(200),
    });
  });
});

describe('findHiddenTexts', () => {
  it('says where the first stands in each text', () => {
    expect(findHiddenTexts(content).map(({ place, first }) => [place, first])).toEqual([
      ['system', { start: 8, end: 9 }],
      ['turns', null],
      ['prompt', { start: 12, end: 14 }],
      ['reply', { start: 1, end: 2 }],
    ]);
  });

  it('is empty for an example that is just begun', () => {
    expect(findHiddenTexts({ messages: [{ role: 'user', content: '' }], reply: '' })).toEqual([]);
    expect(findHiddenTexts({ messages: [], reply: '' })).toEqual([]);
  });
});
