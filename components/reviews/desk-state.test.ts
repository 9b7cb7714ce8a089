import { describe, expect, test } from 'vitest';
import type { ReviewItem } from '@/lib/reviews/review-queries';
import { type DeskEvent, type DeskState, deskReducer, emptyDesk } from './desk-state';

const item = (exampleId: string, version = 1): ReviewItem => ({
  exampleId,
  number: Number(exampleId),
  status: 'in_review',
  version,
  topic: null,
  tags: [],
  revisionId: `r${exampleId}`,
  ordinal: 1,
  origin: 'typed',
  content: { messages: [{ role: 'user', content: 'Question' }], reply: 'Reply' },
  authorName: 'Ada',
  coAuthorName: null,
  submittedAt: null,
  briefId: null,
  findings: [],
  base: null,
  earlier: null,
});
const summary = {
  waiting: 10,
  withOthers: 0,
  own: 0,
  otherReviewers: 1,
  decidedToday: 3,
  decidedYesterday: 0,
};
const decided = (exampleId: string): DeskEvent => ({
  type: 'decided',
  last: { reviewId: `d${exampleId}`, exampleId, number: Number(exampleId), decision: 'approve' },
});
const refused = (exampleId: string, back: ReviewItem | null): DeskEvent => ({
  type: 'refused',
  item: back,
  exampleId,
  reviewId: `d${exampleId}`,
  notice: { kind: 'changed', number: Number(exampleId), text: 'changed' },
});
const deskAfter = (...events: DeskEvent[]): DeskState => events.reduce(deskReducer, emptyDesk);
const shown = (state: DeskState) => state.items.map((one) => one.exampleId);
const taken: DeskEvent = { type: 'taken', items: [item('1'), item('2'), item('3')], summary };

describe('the desk', () => {
  test('shows the next example at once and counts on', () => {
    const state = deskAfter(taken, decided('1'));
    expect(shown(state)).toEqual(['2', '3']);
    expect(state).toMatchObject({ done: 1, inFlight: ['1'], mode: 'read' });
    expect(state.summary).toMatchObject({ waiting: 9, decidedToday: 4 });
  });

  test('does not show again what is decided, on its way, skipped or there already', () => {
    const state = deskAfter(
      taken,
      decided('1'),
      { type: 'skipped', exampleId: '2' },
      {
        type: 'taken',
        items: [item('1'), item('2'), item('3'), item('4')],
        summary: null,
      },
    );
    expect(shown(state)).toEqual(['3', '4']);
    expect(state.summary?.waiting).toBe(9);
  });

  test('brings a refused decision back next, never under the reviewer’s hands', () => {
    const state = deskAfter(taken, decided('1'), refused('1', item('1', 2)));
    expect(shown(state)).toEqual(['2', '1', '3']);
    expect(state).toMatchObject({ done: 0, inFlight: [], last: null });
    expect(state.summary).toMatchObject({ waiting: 10, decidedToday: 3 });
    expect(shown(deskAfter(decided('1'), refused('1', item('1', 2))))).toEqual(['1']);
  });

  test('keeps the last decision when an earlier one is refused', () => {
    const state = deskAfter(taken, decided('1'), decided('2'), refused('1', null));
    expect(state.last?.exampleId).toBe('2');
    expect(shown(state)).toEqual(['3']);
  });

  test('puts a withdrawn example in front', () => {
    const state = deskAfter(
      taken,
      decided('1'),
      { type: 'confirmed', exampleId: '1' },
      {
        type: 'withdrawn',
        exampleId: '1',
        items: [item('1', 3)],
      },
    );
    expect(shown(state)).toEqual(['1', '2', '3']);
    expect(state).toMatchObject({ done: 0, last: null });
  });

  test('drops lost leases of what is not shown', () => {
    expect(shown(deskAfter(taken, { type: 'lost', exampleIds: ['1', '3'] }))).toEqual(['1', '2']);
  });
});
