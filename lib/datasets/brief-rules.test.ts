import { describe, expect, it } from 'vitest';
import type { HouseRule } from '@/lib/checks/rule-schema';
import { diffBriefs, isEmptyDiff } from './brief-diff';
import { briefHash, isInForce, needsRecheck, whyNotApprove } from './brief-rules';
import type { BriefContent } from './brief-schema';

const rule = (id: string, ...phrases: string[]): HouseRule => ({
  id,
  kind: 'banned_phrase',
  severity: 'warning',
  phrases,
});
const brief: BriefContent = {
  task: 'Answer mails',
  systemPrompt: 'You answer mails.',
  guidelines: 'Be kind.',
  slots: ['a', 'b'],
  rules: [rule('1', 'x'), rule('2', 'y')],
};

describe('needsRecheck', () => {
  it.each<[string, Partial<BriefContent>, boolean]>([
    ['nothing', {}, false],
    ['words only', { task: 'Other', systemPrompt: 'Other', guidelines: '' }, false],
    ['order of rules', { rules: brief.rules.toReversed() }, false],
    ['order of slots', { slots: ['b', 'a'] }, false],
    ['name of a rule', { rules: [{ ...rule('1', 'x'), name: 'n' }, rule('2', 'y')] }, false],
    ['a phrase', { rules: [rule('1', 'x', 'z'), rule('2', 'y')] }, true],
    ['severity', { rules: [{ ...rule('1', 'x'), severity: 'blocker' }, rule('2', 'y')] }, true],
    ['one rule less', { rules: [rule('1', 'x')] }, true],
    ['another id', { rules: [rule('1', 'x'), rule('3', 'y')] }, true],
    ['a slot', { slots: ['a'] }, true],
  ])('%s', (_, part, expected) => {
    expect(needsRecheck(brief, { ...brief, ...part })).toBe(expected);
  });
});

describe('whyNotApprove', () => {
  const version = { authorId: 'anna', approvedVia: null, version: 3, isReleased: false };
  const byToken = { ...version, approvedVia: 'token' as const };
  it.each([
    ['bob', 'reviewer', version, 3, null],
    ['bob', 'admin', version, 3, null],
    ['bob', 'writer', version, 3, 'role'],
    ['anna', 'admin', version, 3, 'own'],
    ['bob', 'admin', version, 4, 'superseded'],
    ['bob', 'admin', { ...version, approvedVia: 'session' as const }, 3, 'approved'],
    ['bob', 'reviewer', byToken, 3, null],
    ['bob', 'reviewer', byToken, 4, 'superseded'],
    ['anna', 'admin', byToken, 3, 'own'],
    ['bob', 'reviewer', { ...byToken, isReleased: true }, 3, 'approved'],
    ['anna', 'writer', version, 3, 'own'],
  ] as const)('%s as %s', (userId, role, row, newest, expected) => {
    expect(whyNotApprove({ userId, role, via: 'session' }, row, newest)).toBe(expected);
  });

  it('a program approves nothing that is approved', () => {
    const program = { userId: 'bob', role: 'admin', via: 'token' } as const;
    expect(whyNotApprove(program, version, 3)).toBeNull();
    expect(whyNotApprove(program, byToken, 3)).toBe('approved');
  });
});

describe('isInForce', () => {
  it.each([
    [null, true, false],
    ['session', false, true],
    ['session', true, true],
    ['token', false, false],
    ['token', true, true],
  ] as const)('approved via %s, programs allowed: %s', (approvedVia, allowTokenDecisions, is) => {
    expect(isInForce({ approvedVia }, { allowTokenDecisions })).toBe(is);
  });
});

describe('briefHash', () => {
  it('hangs on every part and on nothing else', () => {
    const hash = briefHash(brief);
    expect(briefHash({ ...structuredClone(brief), approvedById: 'x' } as BriefContent)).toBe(hash);
    for (const part of [
      { task: 'x' },
      { systemPrompt: 'x' },
      { guidelines: 'x' },
      { slots: [] },
      { rules: brief.rules.toReversed() },
    ]) {
      expect(briefHash({ ...brief, ...part })).not.toBe(hash);
    }
  });
});

describe('diffs', () => {
  it('finds rules by their id and leaves out what is the same', () => {
    const after = {
      ...brief,
      slots: ['b', 'c'],
      rules: [rule('3', 'new'), rule('1', 'changed')],
    };
    expect(diffBriefs(brief, after)).toEqual({
      texts: [],
      slots: { added: ['c'], removed: ['a'] },
      rules: [
        { kind: 'added', rule: rule('3', 'new') },
        { kind: 'changed', rule: rule('1', 'changed'), before: rule('1', 'x') },
        { kind: 'removed', rule: rule('2', 'y') },
      ],
    });
    expect(isEmptyDiff(diffBriefs(brief, structuredClone(brief)))).toBe(true);
  });
});
