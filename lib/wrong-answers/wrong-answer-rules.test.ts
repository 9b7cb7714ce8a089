import { describe, expect, test } from 'vitest';
import { type ExampleStatus, exampleAbilities } from '@/lib/examples/example-rules';
import {
  alikeness,
  countAskedAgain,
  type EarlierCase,
  wayToReview,
} from '@/lib/wrong-answers/wrong-answer-rules';
import { MAX_NOTE, markSchema } from '@/lib/wrong-answers/wrong-answer-schema';

describe('how alike two texts are', () => {
  test.each([
    [1, { kind: 'same' }],
    [0.999, { kind: 'nearly' }],
    [0.95, { kind: 'nearly' }],
    [0.949, { kind: 'tenths', tenths: 9 }],
    [0.7, { kind: 'tenths', tenths: 7 }],
    [0.66, { kind: 'tenths', tenths: 7 }],
    [0.05, { kind: 'tenths', tenths: 1 }],
    [0.049, { kind: 'few' }],
    [0.001, { kind: 'few' }],
  ])('%s is %o', (similarity, words) => {
    expect(alikeness(similarity)).toEqual(words);
  });
});

describe('the way of an example to a reviewer', () => {
  const everything = { write: true, submit: true, retire: true, decide: true };
  const writer = { ...everything, retire: false, decide: false };
  const nothing = { write: false, submit: false, retire: false, decide: false };
  test.each<[ExampleStatus, typeof everything, string]>([
    ['draft', writer, 'submit'],
    ['sent_back', writer, 'submit'],
    ['in_review', writer, 'in_review'],
    ['approved', writer, 'edit'],
    ['approved', everything, 'withdraw'],
    ['retired', everything, 'retired'],
    ['draft', nothing, 'none'],
    ['approved', nothing, 'none'],
  ])('%s as %o: %s', (status, may, way) => {
    const isApproved = status === 'approved';
    const state = { status, statusBeforeRetire: null, isApproved, hasApproval: isApproved };
    expect(wayToReview(exampleAbilities(state, may))).toBe(way);
  });
});

describe('cases that were asked again', () => {
  const one = (
    isHeldOut: boolean,
    isAsked: boolean,
    outcome: EarlierCase['outcome'] = null,
  ): EarlierCase => ({ isHeldOut, isAsked, outcome });
  const none = {
    cases: 0,
    asked: 0,
    rightNow: 0,
    stillWrong: 0,
    open: 0,
    notHeldOut: 0,
    notAnswered: 0,
  };

  test.each<[string, EarlierCase[], Partial<typeof none>]>([
    ['nothing', [], {}],
    ['asked, nobody said anything', [one(true, true)], { cases: 1, asked: 1, open: 1 }],
    ['right now', [one(true, true, 'right_now')], { cases: 1, asked: 1, rightNow: 1 }],
    ['still wrong', [one(true, true, 'still_wrong')], { cases: 1, asked: 1, stillWrong: 1 }],
    ['no longer held out', [one(false, false)], { cases: 1, notHeldOut: 1 }],
    ['held out, but not answered', [one(true, false)], { cases: 1, notAnswered: 1 }],
    [
      'all of them',
      [
        one(true, true),
        one(true, true, 'right_now'),
        one(true, true, 'still_wrong'),
        one(false, false),
        one(true, false),
      ],
      { cases: 5, asked: 3, rightNow: 1, stillWrong: 1, open: 1, notHeldOut: 1, notAnswered: 1 },
    ],
  ])('%s', (_, cases, counts) => {
    const found = countAskedAgain(cases);
    expect(found).toEqual({ ...none, ...counts });
    const { rightNow, stillWrong, open, notHeldOut, notAnswered } = found;
    expect(rightNow + stillWrong + open + notHeldOut + notAnswered).toBe(cases.length);
  });
});

describe('a note', () => {
  const ids = { modelId: crypto.randomUUID(), exampleId: crypto.randomUUID() };
  test.each<[string, unknown, boolean]>([
    ['may be left out', undefined, true],
    ['may be empty', '  ', true],
    ['may be as long as this', 'a'.repeat(MAX_NOTE), true],
    ['may not be longer', 'a'.repeat(MAX_NOTE + 1), false],
    ['holds no NUL', 'a\u0000b', false],
    ['is a text', { not: '' }, false],
  ])('%s', (_, note, isValid) => {
    expect(markSchema.safeParse({ ...ids, note }).success).toBe(isValid);
  });
});
