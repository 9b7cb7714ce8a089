import { describe, expect, test } from 'vitest';
import { countOutcomes, decideBulk, type Place } from '@/lib/examples/bulk-rules';
import {
  type ExampleStatus,
  exampleAbilities,
  exampleStatuses,
  isMoveDone,
  type Move,
  moves,
  refusalOfMove,
  statusAfterEdit,
  statusAfterMove,
} from '@/lib/examples/example-rules';

const state = (status: ExampleStatus, over: object = {}) => ({
  status,
  statusBeforeRetire: null,
  isApproved: status === 'approved',
  ...over,
});

describe('moves', () => {
  test.each<[Move, ExampleStatus, ExampleStatus | null]>([
    ['submit', 'draft', 'in_review'],
    ['submit', 'sent_back', 'in_review'],
    ['submit', 'in_review', null],
    ['submit', 'approved', null],
    ['submit', 'retired', null],
    ['take_back', 'draft', null],
    ['take_back', 'in_review', 'draft'],
    ['take_back', 'sent_back', null],
    ['take_back', 'approved', null],
    ['take_back', 'retired', null],
    ['retire', 'draft', 'retired'],
    ['retire', 'in_review', 'retired'],
    ['retire', 'sent_back', 'retired'],
    ['retire', 'approved', 'retired'],
    ['retire', 'retired', null],
    ['unretire', 'draft', null],
    ['unretire', 'approved', null],
    ['unretire', 'retired', 'draft'],
  ])('%s of %s: %s', (move, from, to) => {
    expect(statusAfterMove(state(from), move)).toBe(to);
  });

  test.each<[ExampleStatus, boolean, ExampleStatus]>([
    ['approved', true, 'approved'],
    ['approved', false, 'in_review'],
    ['sent_back', false, 'sent_back'],
    ['in_review', false, 'in_review'],
  ])('brought back after %s, approved %s: %s', (before, isApproved, to) => {
    const retired = state('retired', { statusBeforeRetire: before, isApproved });
    expect(statusAfterMove(retired, 'unretire')).toBe(to);
  });

  test('what applies is not done yet, and what was done does not apply again', () => {
    for (const move of moves)
      for (const status of exampleStatuses) {
        const after = statusAfterMove(state(status), move);
        if (after) {
          expect(isMoveDone(state(status), move)).toBe(false);
          expect(statusAfterMove(state(after), move)).toBeNull();
          expect(isMoveDone(state(after), move)).toBe(true);
        } else expect(refusalOfMove(status, move)).toMatch(/^[a-zA-Z]+$/);
      }
  });

  test.each<[ExampleStatus, ExampleStatus | null]>([
    ['draft', 'draft'],
    ['in_review', 'in_review'],
    ['sent_back', 'sent_back'],
    ['approved', 'in_review'],
    ['retired', null],
  ])('an edit of %s: %s', (from, to) => {
    expect(statusAfterEdit(from)).toBe(to);
  });

  test('abilities name the reason: the role first, then the status', () => {
    const writer = { write: true, submit: true, retire: false, decide: false };
    const approved = { ...state('approved'), hasApproval: true };
    expect(exampleAbilities(approved, writer)).toEqual({
      edit: null,
      duplicate: null,
      withdraw: 'role',
      submit: 'alreadyApproved',
      take_back: 'notInReview',
      retire: 'role',
      unretire: 'role',
    });
    const retired = { ...state('retired'), hasApproval: false };
    const reviewer = { ...writer, retire: true, decide: true };
    expect(exampleAbilities(retired, reviewer)).toMatchObject({
      edit: 'retired',
      withdraw: 'notApproved',
      retire: 'alreadyRetired',
      unretire: null,
    });
    expect(exampleAbilities(approved, reviewer).withdraw).toBeNull();
  });
});

describe('bulk decisions', () => {
  const place: Place & { isApproved: boolean } = {
    status: 'draft',
    statusBeforeRetire: null,
    submittedAt: null,
    topic: 'a',
    tags: ['x'],
    isApproved: false,
  };
  const now = '2026-11-22T10:00:00.000Z';
  test.each([
    ['submit', { kind: 'submit' }, { status: 'in_review', submittedAt: now }],
    ['retire', { kind: 'retire' }, { status: 'retired', statusBeforeRetire: 'draft' }],
    ['set_topic', { kind: 'set_topic', topic: null }, { topic: null, status: 'draft' }],
    ['add_tag', { kind: 'add_tag', tag: 'y' }, { tags: ['x', 'y'] }],
    ['remove_tag', { kind: 'remove_tag', tag: 'x' }, { tags: [] }],
  ] as const)('%s', (_, move, change) => {
    expect(decideBulk(place, move, now)).toMatchObject({ outcome: 'done', place: change });
  });
  test.each([
    [{ kind: 'take_back' }, 'notInReview'],
    [{ kind: 'unretire' }, 'notRetired'],
    [{ kind: 'set_topic', topic: 'a' }, 'unchanged'],
    [{ kind: 'add_tag', tag: 'x' }, 'unchanged'],
    [{ kind: 'remove_tag', tag: 'z' }, 'unchanged'],
  ] as const)('%j is left: %s', (move, reason) => {
    expect(decideBulk(place, move, now)).toEqual({ outcome: 'skipped', reason });
  });
  test('every example stands in one count', () => {
    expect(
      countOutcomes(
        'j',
        [
          { outcome: 'done', count: 3 },
          { outcome: 'conflict', count: 1 },
          { outcome: 'missing', count: 1 },
          { outcome: 'unchanged', count: 2 },
        ],
        4,
      ),
    ).toEqual({
      jobId: 'j',
      selected: 11,
      done: 3,
      conflict: 1,
      skipped: { missing: 5, unchanged: 2 },
    });
  });
});
