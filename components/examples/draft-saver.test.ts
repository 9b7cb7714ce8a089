import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DEBOUNCE_MS, DraftSaver, type SaveState } from './draft-saver';
import type { Outcome } from './example-api';

type Answer = Outcome<{ version: number; at: string }>;
const fail = (kind: (Answer & { ok: false })['kind']): Answer => ({
  ok: false,
  kind,
  message: kind,
});

function setUp(answers: Answer[] = []) {
  const sent: { text: string; version: number }[] = [];
  const states: SaveState[] = [];
  const onClose: string[] = [];
  const device: { text: string | null } = { text: null };
  let version = 0;
  let inFlight = 0;
  const saver = new DraftSaver<string>({
    version,
    send: async (text, at) => {
      inFlight += 1;
      expect(inFlight).toBe(1);
      sent.push({ text, version: at });
      await new Promise((resolve) => setTimeout(resolve, 100));
      inFlight -= 1;
      const answer = answers.shift();
      if (answer && !answer.ok) return answer;
      version = at + 1;
      return { ok: true, data: { version, at: '2026-11-22T10:42:00.000Z' } };
    },
    keep: (text) => {
      device.text = text;
    },
    sendOnClose: (text) => onClose.push(text),
    onState: (state) => states.push(state),
  });
  return { saver, sent, states, device, onClose };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('saving while somebody types', () => {
  test('waits for a pause, sends the newest text once, then says so', async () => {
    const { saver, sent, states, device } = setUp();
    for (const text of ['a', 'ab', 'abc']) {
      saver.edit(text);
      await pass(300);
    }
    expect(sent).toEqual([]);
    expect(device.text).toBe('abc');
    await pass(DEBOUNCE_MS);
    expect(sent).toEqual([{ text: 'abc', version: 0 }]);
    expect(states.at(-1)).toMatchObject({ kind: 'saved' });
    expect(device.text).toBeNull();
    expect(saver.isDirty).toBe(false);
  });

  test('what is typed during a request follows with the version of its answer', async () => {
    const { saver, sent, device } = setUp();
    saver.edit('first');
    await pass(DEBOUNCE_MS + 50);
    saver.edit('second');
    await pass(2_000);
    expect(sent).toEqual([
      { text: 'first', version: 0 },
      { text: 'second', version: 1 },
    ]);
    expect(device.text).toBeNull();
  });

  test('leaving the field does not wait', async () => {
    const { saver, sent } = setUp();
    saver.edit('now');
    await Promise.all([saver.flush(), pass(100)]);
    expect(sent).toHaveLength(1);
  });
});

describe('failures', () => {
  test.each(['server', 'offline'] as const)(
    '%s: kept, said, tried again until it is there',
    async (kind) => {
      const { saver, sent, states, device } = setUp([fail(kind), fail(kind), fail(kind)]);
      saver.edit('text');
      await pass(DEBOUNCE_MS + 200);
      expect(states.at(-1)).toMatchObject({ kind: 'failed', why: kind });
      expect(device.text).toBe('text');
      await pass(60_000);
      expect(sent).toHaveLength(4);
      expect(states.at(-1)).toMatchObject({ kind: 'saved' });
      expect(device.text).toBeNull();
    },
  );

  test('typing on while the server is away does not send at every key', async () => {
    const { saver, sent } = setUp(Array.from({ length: 6 }, () => fail('server')));
    saver.edit('0');
    for (let n = 1; n < 40; n += 1) {
      await pass(200);
      saver.edit(String(n));
    }
    expect(sent.length).toBeLessThan(5);
    await pass(120_000);
    expect(sent.at(-1)?.text).toBe('39');
    expect(saver.isDirty).toBe(false);
  });

  test.each(['signedOut', 'conflict', 'refused'] as const)(
    '%s: kept and said; nothing is sent before the person acts',
    async (kind) => {
      const { saver, sent, states, device } = setUp([fail(kind)]);
      saver.edit('text');
      await pass(DEBOUNCE_MS + 200);
      saver.edit('text, more');
      await Promise.all([saver.leave(), pass(300_000)]);
      expect(sent).toHaveLength(1);
      expect(states.at(-1)).toMatchObject({ kind: 'failed', why: kind });
      expect(device.text).toBe('text, more');
      await Promise.all([saver.flush(), pass(200)]);
      expect(sent.at(-1)?.text).toBe('text, more');
      expect(device.text).toBeNull();
    },
  );

  test('after a conflict the next text names the version of the other one', async () => {
    const { saver, sent } = setUp([fail('conflict')]);
    saver.edit('mine');
    await pass(DEBOUNCE_MS + 200);
    saver.rebase(7);
    await Promise.all([saver.flush(), pass(200)]);
    expect(sent.at(-1)).toEqual({ text: 'mine', version: 7 });
  });
});

describe('leaving', () => {
  test('a closed tab keeps the text on the device and sends it on the way out', async () => {
    const { saver, device, onClose } = setUp();
    saver.edit('a');
    saver.edit('ab');
    saver.close();
    expect(device.text).toBe('ab');
    expect(onClose).toEqual(['ab']);
  });

  test('nothing to save, nothing is sent', () => {
    const { saver, onClose } = setUp();
    saver.close();
    expect(onClose).toEqual([]);
  });

  test('after a save of the whole example nothing is left behind', async () => {
    const { saver, sent, device, states } = setUp();
    saver.edit('draft');
    saver.settle(3);
    await pass(10_000);
    expect(sent).toEqual([]);
    expect(device.text).toBeNull();
    expect(states.at(-1)).toEqual({ kind: 'clean' });
  });

  test('after a save of the whole example the line says since when it is there', () => {
    const { saver, states } = setUp();
    saver.edit('draft');
    saver.settle(0, '2026-11-22T10:43:00.000Z');
    expect(states.at(-1)).toEqual({ kind: 'saved', at: '2026-11-22T10:43:00.000Z' });
  });

  test('a last try that fails after the page was left brings nothing back to the device', async () => {
    const { saver, device } = setUp([fail('signedOut')]);
    saver.edit('draft');
    void saver.leave();
    saver.stop();
    expect(device.text).toBe('draft');
    device.text = null;
    await pass(10_000);
    expect(device.text).toBeNull();
  });

  test('a stopped one says nothing more and leaves the text on the device', async () => {
    const { saver, sent, device } = setUp();
    saver.edit('draft');
    saver.stop();
    await pass(10_000);
    expect(sent).toEqual([]);
    expect(device.text).toBe('draft');
  });
});
