import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ConflictData } from '@/lib/examples/example-conflict';
import type { ExampleDetail } from '@/lib/examples/example-detail';
import { collides, commitChanges } from './commit-changes';
import { type CommitInput, CommitQueue } from './commit-queue';
import type { Outcome } from './example-api';

type Answer = Outcome<ExampleDetail>;
const failed = (kind: (Answer & { ok: false })['kind'], data?: unknown): Answer => ({
  ok: false,
  kind,
  message: kind,
  data,
});
const detail = (version: number, reply = 'saved') =>
  ({
    row: { version, topic: null, tags: [], groupKey: null },
    content: { messages: [{ role: 'user', content: 'q' }], reply },
  }) as unknown as ExampleDetail;

const edit = (reply: string, version = 1): CommitInput => ({
  id: 'x',
  number: 1,
  version,
  changes: { reply },
  base: { reply: 'base' },
});

function setUp(answers: Answer[] = []) {
  const sent: CommitInput[] = [];
  const saved: number[] = [];
  const device = new Map<string, unknown>();
  let version = 1;
  const queue = new CommitQueue({
    send: async (input) => {
      sent.push(input);
      await new Promise((resolve) => setTimeout(resolve, 50));
      const answer = answers.shift();
      if (answer) return answer;
      version += 1;
      return { ok: true, data: detail(version, input.changes.reply) };
    },
    sendOnClose: (input) => sent.push(input),
    keep: ({ id }, text) => {
      if (text) device.set(id, text);
      else device.delete(id);
    },
    onSaved: (answer) => saved.push(answer.row.version),
  });
  return { queue, sent, saved, device };
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('changes on their way', () => {
  test('a saved change leaves the device', async () => {
    const { queue, saved, device } = setUp();
    void queue.commit(edit('new'));
    expect(device.get('x')).toEqual({ reply: 'new' });
    await pass(100);
    expect([saved, device.size, queue.snapshot().size]).toEqual([[2], 0, 0]);
  });

  test('an edit during a request follows on its version', async () => {
    const { queue, sent } = setUp();
    void queue.commit(edit('one'));
    void queue.commit({ ...edit('two'), changes: { topic: 't' } });
    await pass(200);
    expect(sent.map(({ version, changes }) => [version, changes])).toEqual([
      [1, { reply: 'one' }],
      [2, { reply: 'one', topic: 't' }],
    ]);
    expect(queue.snapshot().size).toBe(0);
  });

  test.each(['server', 'offline'] as const)('%s: sent again until it is there', async (kind) => {
    const { queue, sent, device } = setUp([failed(kind), failed(kind)]);
    void queue.commit(edit('new'));
    await pass(100);
    expect(queue.snapshot().get('x')?.state.kind).toBe('failed');
    expect(device.size).toBe(1);
    await pass(20_000);
    expect([sent.length, device.size]).toEqual([3, 0]);
  });

  test('signed out: waits, and goes on when the person is back', async () => {
    const { queue, sent, device } = setUp([failed('signedOut')]);
    void queue.commit(edit('new'));
    await pass(600_000);
    expect([sent.length, device.size]).toEqual([1, 1]);
    queue.retryAll();
    await pass(100);
    expect([sent.length, device.size]).toEqual([2, 0]);
  });

  test('a conflict waits for the person; keeping mine saves on top of theirs', async () => {
    const { queue, sent, device } = setUp([failed('conflict')]);
    void queue.commit(edit('mine'));
    await pass(600_000);
    queue.retryAll();
    expect(sent.length).toBe(1);
    expect(device.size).toBe(1);
    queue.resolve('x', 9, { reply: 'merged' });
    await pass(100);
    expect(sent[1]).toMatchObject({ version: 9, changes: { reply: 'merged' } });
    expect(device.size).toBe(0);
  });

  test('taking theirs forgets mine', async () => {
    const { queue, device } = setUp([failed('conflict')]);
    void queue.commit(edit('mine'));
    await pass(100);
    queue.drop('x');
    expect([device.size, queue.snapshot().size]).toEqual([0, 0]);
  });

  test('a closed tab sends what is left', async () => {
    const { queue, sent } = setUp([failed('server')]);
    void queue.commit(edit('mine'));
    await pass(100);
    queue.close();
    expect(sent.length).toBe(2);
  });
});

const theirs = (change: Partial<ConflictData['theirs']> & { reply?: string }): ConflictData => ({
  theirs: {
    content: { messages: [{ role: 'user', content: 'q' }], reply: change.reply ?? 'base' },
    topic: change.topic ?? null,
    tags: change.tags ?? [],
    groupKey: null,
    status: 'draft',
  },
  version: 5,
  revisionId: 'r',
  authorName: 'Maya',
  at: '2026-11-22T10:00:00.000Z',
});

describe('collisions', () => {
  test.each([
    ['the same part', { reply: 'a' }, { reply: 'base' }, theirs({ reply: 'b' }), true],
    ['another part', { reply: 'a' }, { reply: 'base' }, theirs({ topic: 't' }), false],
    ['the same topic', { topic: 'a' }, { topic: null }, theirs({ topic: 't' }), true],
    ['tags against text', { tags: ['a'] }, { tags: [] }, theirs({ reply: 'b' }), false],
  ])('%s', (_, changes, base, conflict, expected) => {
    expect(collides(changes, base, conflict.theirs)).toBe(expected);
  });

  test('a change of other parts is stepped over without asking', async () => {
    const answers: Answer[] = [failed('conflict', theirs({ topic: 't' }))];
    const versions: number[] = [];
    const outcome = await commitChanges(
      async (input) => {
        versions.push(input.version);
        return answers.shift() ?? { ok: true, data: detail(6) };
      },
      { id: 'x', version: 1, changes: { reply: 'a' }, base: { reply: 'base' } },
    );
    expect([outcome.ok, versions]).toEqual([true, [1, 5]]);
  });
});
