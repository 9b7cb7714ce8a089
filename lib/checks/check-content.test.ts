import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectLinear } from '@/tests/processor-time';
import { checkContent, hasBlocker, MAX_FINDINGS_PER_RULE, passes } from './check-content';
import { type HouseRule, houseRulesSchema } from './rule-schema';

const id = '0197a000-0000-7000-8000-000000000001';
const banned = (...phrases: string[]): HouseRule => ({
  id,
  kind: 'banned_phrase',
  severity: 'warning',
  phrases,
});
const found = (rule: HouseRule, reply: string) =>
  checkContent({ rules: [rule], slots: [] }, { reply }).map((finding) =>
    finding.spanStart === null ? '' : reply.slice(finding.spanStart, finding.spanEnd ?? undefined),
  );

describe('banned phrases', () => {
  it.each<[string, string, string[]]>([
    ['unfortunately', 'Unfortunately, it is late.', ['Unfortunately']],
    [
      'unfortunately',
      'It is UNFORTUNATELY late, unfortunately.',
      ['UNFORTUNATELY', 'unfortunately'],
    ],
    ['cat', 'concatenate the category', []],
    ['cat', 'cat, cat-like and cat2', ['cat', 'cat']],
    ['no problem', 'No  problem\nat all; no\tproblem', ['No  problem', 'no\tproblem']],
    ['no problem', 'No\u00a0problem', ['No\u00a0problem']],
    ["can't", 'We can’t do that', ['can’t']],
    ['straße', 'Die STRASSE ist lang', ['STRASSE']],
    ['STRASSE', 'Die Straße ist lang', ['Straße']],
    ['office', 'The o\ufb03ce is shut', ['o\ufb03ce']],
    ['fi', 'A \ufb01 alone', ['\ufb01']],
    ['sorry', 'Ｓｏｒｒｙ for that', ['Ｓｏｒｒｙ']],
    ['café', 'The cafe\u0301 is open', ['cafe\u0301']],
    ['cafe', 'The cafe\u0301 is open', []],
    ['cafe\u0301', 'The café is open', ['café']],
    ['unfortunately', 'un\u00adfortu\u200bnately', ['un\u00adfortu\u200bnately']],
    ['🙏', 'Thanks 🙏🙏', ['🙏', '🙏']],
    ['👍', 'Yes 👍🏽 sure', ['👍']],
    ['👨‍👩‍👧', 'The family 👨‍👩‍👧 ticket', ['👨‍👩‍👧']],
    ['שלום', 'אמר: שלום לך', ['שלום']],
    ['של', 'שלום', []],
    ['您好', '张先生您好吗', ['您好']],
    ['ΣΑΣ', 'καλώς σας βρήκαμε', ['σας']],
    ['i', 'sınır', []],
    ['sinir', 'sınır', []],
    ['한국', '\u1112\u1161\u11ab\u1100\u116e\u11a8 mail', ['\u1112\u1161\u11ab\u1100\u116e\u11a8']],
    ['!!', 'Great!! Yes!', ['!!']],
    ['—', 'One — two - three', ['—']],
    ['order', 'Your {{order}} is your order', ['order']],
    ['{{order}}', 'Your {{order}}', ['{{order}}']],
    ['order', 'Your order_number', []],
    ['so sorry', 'sorry, so sorry', ['so sorry']],
    ['x', '', []],
  ])('%j in %j', (phrase, reply, expected) => {
    const rule = banned(phrase);
    const spans = checkContent({ rules: [rule], slots: ['order', 'order_number'] }, { reply });
    expect(spans.map((f) => reply.slice(f.spanStart ?? 0, f.spanEnd ?? 0))).toEqual(expected);
  });

  it('reports several phrases in the order of the text, and no more than it can show', () => {
    expect(found(banned('b', 'a'), 'a b a')).toEqual(['a', 'b', 'a']);
    expect(found(banned('a'), 'a '.repeat(5_000))).toHaveLength(MAX_FINDINGS_PER_RULE);
  });
});

describe('begins and ends', () => {
  const rule = (kind: 'begins_with' | 'ends_with', ...texts: string[]): HouseRule => ({
    id,
    kind,
    severity: 'blocker',
    texts,
  });
  it.each<['begins_with' | 'ends_with', string[], string, boolean]>([
    ['begins_with', ['Dear'], 'dear Anna', true],
    ['begins_with', ['Dear'], '\n  DEAR Anna', true],
    ['begins_with', ['Dear'], 'Dearest Anna', false],
    ['begins_with', ['Hello', 'Dear'], 'Hello, Anna', true],
    ['begins_with', ['Dear {{customer_name}},'], 'Dear {{customer_name}}, thanks', true],
    ['begins_with', ['Dear'], '', false],
    ['ends_with', ['Kind regards'], 'Thanks.\nKind  regards \n', true],
    ['ends_with', ['regards'], 'Kind regards,', false],
    ['ends_with', ['Your team', 'regards,'], 'Kind regards,', true],
    ['ends_with', ['art'], 'smart', false],
    ['ends_with', ['Grüße'], 'Viele GRÜSSE', true],
  ])('%s %j: %j → %s', (kind, texts, reply, holds) => {
    const findings = checkContent(
      { rules: [rule(kind, ...texts)], slots: ['customer_name'] },
      { reply },
    );
    expect(findings.length === 0).toBe(holds);
    if (!holds)
      expect(findings[0]).toMatchObject({ check: kind, severity: 'blocker', spanStart: null });
  });
});

describe('must mention', () => {
  const rule = (match: 'any' | 'all', ...phrases: string[]): HouseRule => ({
    id,
    kind: 'must_mention',
    severity: 'warning',
    match,
    phrases,
  });
  it.each<['any' | 'all', string[], string, string | null]>([
    ['any', ['refund', 'return'], 'A REFUND is due', null],
    ['any', ['refund', 'return'], 'We refunded you', 'refund\nreturn'],
    ['all', ['refund', 'return'], 'A refund', 'return'],
    ['all', ['refund', 'return'], 'Refund or return', null],
    ['any', ['refund'], 'Use {{refund}}', 'refund'],
    ['any', ['{{refund}}'], 'Use {{refund}}', null],
  ])('%s of %j: %j', (match, phrases, reply, missing) => {
    const findings = checkContent(
      { rules: [rule(match, ...phrases)], slots: ['refund'] },
      { reply },
    );
    expect(findings.map((f) => f.detail.phrases)).toEqual(missing === null ? [] : [missing]);
  });
});

describe('length', () => {
  const length = (unit: 'words' | 'characters', min?: number, max?: number): HouseRule => ({
    id,
    kind: 'length',
    severity: 'warning',
    unit,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  });
  it.each<[HouseRule, string, Record<string, string | number> | null]>([
    [length('words', 2, 3), 'one two three', null],
    [length('words', 2, 3), 'one', { unit: 'words', actual: 1, min: 2 }],
    [length('words', 2, 3), 'one two, three — four!', { unit: 'words', actual: 4, max: 3 }],
    [length('words', undefined, 4), '谢谢您 ok 。', null],
    [length('words', undefined, 3), '谢谢您 ok', { unit: 'words', actual: 4, max: 3 }],
    [length('words', 1), '— … !', { unit: 'words', actual: 0, min: 1 }],
    [length('characters', undefined, 1), '👨‍👩‍👧', null],
    [length('characters', undefined, 4), 'cafe\u0301', null],
    [length('characters', undefined, 3), 'abcd', { unit: 'characters', actual: 4, max: 3 }],
    [length('characters', 3), 'a\r\nb', null],
  ])('%j of %j', (rule, reply, detail) => {
    const findings = checkContent({ rules: [rule], slots: [] }, { reply });
    expect(findings.map((finding) => finding.detail)).toEqual(detail === null ? [] : [detail]);
  });
});

describe('slots', () => {
  it.each<[string, [string, string, string?][]]>([
    ['Order {{order_number}} for {{customer_name}}', []],
    ['Order {{ordr_number}}', [['unknown_slot', '{{ordr_number}}', 'order_number']]],
    ['Order {{Order_Number}}', [['unknown_slot', '{{Order_Number}}', 'order_number']]],
    ['Order {{ order number }}', [['unknown_slot', '{{ order number }}', 'order_number']]],
    ['Order {{zebra}}', [['unknown_slot', '{{zebra}}']]],
    ['Order {{}}', [['unknown_slot', '{{}}']]],
    ['Order {{order\u200b_number}}', [['unknown_slot', '{{order\u200b_number}}', 'order_number']]],
    ['Order ｛｛order_number｝｝', [['unknown_slot', '｛｛order_number｝｝', 'order_number']]],
    ['Order {{order_number', [['half_open_slot', '{{order_number']]],
    ['Order {{order_number}', [['half_open_slot', '{{order_number}']]],
    ['Order {{order_number is', [['half_open_slot', '{{order_number']]],
    ['Order {{', [['half_open_slot', '{{']]],
    ['Order order_number}}', [['half_open_slot', 'order_number}}']]],
    ['Order {order_number}}', [['half_open_slot', '{order_number}}']]],
    ['a }} b', [['half_open_slot', '}}']]],
    ['{{a {{order_number}}', [['half_open_slot', '{{a']]],
    ['{{order_number}} {{customer_name', [['half_open_slot', '{{customer_name']]],
    [
      '{{order_\nnumber}}',
      [
        ['half_open_slot', '{{order_'],
        ['half_open_slot', 'number}}'],
      ],
    ],
    ['{order_number} stays text', []],
    ['{"total":{"amount":"9.50"}}', []],
    ['{"a":{"b":{"c":[{}]}}}', []],
    ['{"a":"{{order_number}}","b":{"c":1}}', []],
    ['{"a":{{order_number}}}', []],
    ['{"a":"x}}"}', [['half_open_slot', '{"a":"x}}']]],
  ])('%j', (reply, expected) => {
    const slots = ['order_number', 'customer_name'];
    const findings = checkContent({ rules: [], slots }, { reply });
    expect(
      findings.map((f) => [
        f.check,
        reply.slice(f.spanStart ?? 0, f.spanEnd ?? 0),
        ...(f.detail.suggestion === undefined ? [] : [f.detail.suggestion]),
      ]),
    ).toEqual(expected);
    expect(hasBlocker(findings)).toBe(expected.length > 0);
    expect(passes(findings)).toBe(expected.length === 0);
  });
});

// Pieces that break naive code: marks, joiners, lone surrogates, ligatures, braces, right-to-left.
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom(
    ...[
      'a',
      'A',
      'ß',
      'SS',
      '\ufb01',
      '\u0301',
      '\u200d',
      '\u00ad',
      '{',
      '}',
      '{{',
      '}}',
      '\ud800',
    ],
    ...['한', '\u1112\u1161', '\uff9e', 'ﷺ', 'İ', '👍🏽', 'של', ' ', '\n', '{{order}}', '_', 'ς'],
  ),
);
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
const phrases = fc
  .uniqueArray(
    text.map((t) =>
      t.toWellFormed().replaceAll('\0', '').trim().slice(0, 100).toWellFormed().trim(),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .filter((list) => list.every((t) => /[^\s\p{Default_Ignorable_Code_Point}]/u.test(t)));
const rules = fc
  .array(
    fc.oneof(
      phrases.map((list) => banned(...list)),
      phrases.map((texts): HouseRule => ({ id, kind: 'begins_with', severity: 'warning', texts })),
      phrases.map((texts): HouseRule => ({ id, kind: 'ends_with', severity: 'blocker', texts })),
      fc.tuple(phrases, fc.constantFrom('any' as const, 'all' as const)).map(
        ([list, match]): HouseRule => ({
          id,
          kind: 'must_mention',
          severity: 'warning',
          match,
          phrases: list,
        }),
      ),
    ),
    { maxLength: 4 },
  )
  .map((list) =>
    list.map((rule, index) => ({ ...rule, id: `${id.slice(0, -1)}${index}` }) as HouseRule),
  );

describe('any text', () => {
  it('never throws, and spans lie inside the text without cutting a character', () => {
    fc.assert(
      fc.property(text, rules, (reply, list) => {
        expect(houseRulesSchema.safeParse(list).success).toBe(true);
        for (const f of checkContent({ rules: list, slots: ['order'] }, { reply })) {
          if (f.spanStart === null || f.spanEnd === null) continue;
          expect(f.spanStart).toBeGreaterThanOrEqual(0);
          expect(f.spanEnd).toBeGreaterThan(f.spanStart);
          expect(f.spanEnd).toBeLessThanOrEqual(reply.length);
          if (reply.isWellFormed())
            expect(reply.slice(f.spanStart, f.spanEnd).isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('a phrase that stands alone in the text is found, whatever it is made of', () => {
    fc.assert(
      fc.property(phrases, ([phrase = '']) => {
        const findings = checkContent(
          { rules: [banned(phrase)], slots: [] },
          { reply: `a. ${phrase} .b` },
        );
        const isInSlot = /\{\{[a-z0-9_]+\}\}/.test(phrase) || phrase.includes('{{');
        const joinsBefore = /^[\p{M}\u1160-\u11ff\u3131-\u318e\uff9e-\uffdc]/u.test(phrase);
        if (!isInSlot && !joinsBefore)
          expect(findings.some((f) => f.check === 'banned_phrase')).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each<[string, string]>([
    ['one letter', 'a'],
    ['open braces', '{{'],
    ['closed braces', '}}'],
    ['half slots', '{{x '],
    ['alternating marks', '\u0301\u0323'],
    ['joiners', '👨\u200d'],
    ['long ligature', 'ﷺ'],
    ['letters and spaces', 'a '],
    ['CJK', '您'],
    ['nested', '{"a":'],
    ['new lines', '\n'],
  ])('takes twice the time for twice the text: %s', (_, unit) => {
    const brief = {
      rules: [
        banned('a'.repeat(100), 'aab', '{{', '\u0301'.repeat(50)),
        { id, kind: 'length', severity: 'warning', unit: 'words', max: 10 } as HouseRule,
        { id, kind: 'length', severity: 'warning', unit: 'characters', max: 10 } as HouseRule,
        {
          id,
          kind: 'must_mention',
          severity: 'warning',
          match: 'all',
          phrases: ['zz'],
        } as HouseRule,
      ],
      slots: ['order', 'x1'],
    };
    expectLinear(unit, (reply) => checkContent(brief, { reply }));
  });
});
