import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { mapRow } from '@/lib/imports/import-rows';
import { emptyMapping } from '@/lib/imports/import-rules';
import type { BadReason } from '@/lib/imports/import-schema';
import { jsonlReader } from '@/lib/imports/readers/jsonl';
import { readAll, readingOf } from '@/lib/imports/readers/reader-test-kit';
import { describeWith, outsideData } from '@/tests/outside-data';

const user = { role: 'user', content: 'q' };
const reply = { role: 'assistant', content: 'a' };
const chat = (...messages: unknown[]) => JSON.stringify({ messages });

/** What a line becomes: its conversation, or the reason why it is bad. */
async function outcome(line: string) {
  const reading = readingOf({ format: 'jsonl' });
  const [row] = await readAll(jsonlReader, line, reading);
  if (!row) return null;
  const mapped = row.kind === 'bad' ? row : mapRow(row, { reading, mapping: emptyMapping });
  return mapped.kind === 'bad' ? mapped.reason : mapped.content;
}

/** Replies of which every character counts: numbers, escapes, order and space as they were written. */
const jsonReplies = [
  '{"company":"BOOK TA .K","date":"25/12/2018","total":"9.00"}',
  '{ "total" : 12.50, "a": 1e3, "total": -0, "list": [ ] }',
  '{\n\t"name": "Caf\\u00e9 \\"Zwei\\" \\/ 😀",\r\n  "path": "C:\\\\x"\n}\n',
  '[]',
  '  {"big": 12345678901234567890.10, "none": null}  ',
];

describe('replies that are JSON themselves', () => {
  it.each(jsonReplies)('%j goes in as it is', async (content) => {
    const line = chat(user, { role: 'assistant', content });
    expect(await outcome(line)).toEqual({ messages: [user], reply: content });
    const pair = JSON.stringify({ prompt: 'q', completion: content });
    expect(await outcome(pair)).toEqual({ messages: [user], reply: content });
  });

  it('a reply that is an object, not the text of one, is a bad row', async () => {
    const line = JSON.stringify({ messages: [user, { role: 'assistant', content: { total: 9 } }] });
    expect(await outcome(line)).toBe('contentMissing');
  });
});

describe('chat lines', () => {
  it.each<[string, string]>([
    ['one turn', chat(user, reply)],
    ['a weight on the reply', chat(user, { ...reply, weight: 1 })],
    ['empty tool calls', chat(user, { ...reply, tool_calls: null })],
    ['prompt and completion as texts', JSON.stringify({ prompt: 'q', completion: 'a' })],
    ['prompt and completion as messages', JSON.stringify({ prompt: [user], completion: [reply] })],
    [
      'an own key called __proto__',
      `{"__proto__": {"x": 1}, "messages": ${JSON.stringify([user, reply])}}`,
    ],
  ])('%s is an example', async (_, line) => {
    expect(await outcome(line)).toEqual({ messages: [user], reply: 'a' });
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  it('keeps the system message and earlier turns', async () => {
    expect(await outcome(chat({ role: 'system', content: 's' }, user, reply, user, reply))).toEqual(
      {
        system: 's',
        messages: [user, reply, user],
        reply: 'a',
      },
    );
  });

  it.each<[string, string, BadReason]>([
    ['not JSON', '{"messages": [', 'notJson'],
    ['an array', '[1]', 'notObject'],
    ['a number', '7', 'notObject'],
    ['no messages', '{"text": "q"}', 'noMessages'],
    ['messages as text', '{"messages": "q"}', 'noMessages'],
    ['a message that is a text', chat('q', reply), 'messageNotObject'],
    ['an unknown role', chat({ role: 'developer', content: 'x' }, user, reply), 'unknownRole'],
    ['a tool message', chat(user, { role: 'tool', content: 'x' }, reply), 'toolCalls'],
    ['tool calls', chat(user, { role: 'assistant', content: null, tool_calls: [{}] }), 'toolCalls'],
    [
      'content parts',
      chat({ role: 'user', content: [{ type: 'text', text: 'q' }] }, reply),
      'contentParts',
    ],
    ['no content', chat({ role: 'user' }, reply), 'contentMissing'],
    ['content null', chat(user, { role: 'assistant', content: null }), 'contentMissing'],
    [
      'a late system message',
      chat(user, { role: 'system', content: 's' }, reply),
      'systemNotFirst',
    ],
    ['no assistant at the end', chat(user), 'lastNotAssistant'],
    ['no messages at all', chat(), 'lastNotAssistant'],
    ['nobody asks', chat(reply), 'noUserMessage'],
    ['two assistants at the end', chat(user, reply, reply), 'lastNotUser'],
    ['an empty reply', chat(user, { role: 'assistant', content: ' ' }), 'empty'],
    ['an empty prompt', chat({ role: 'user', content: '' }, reply), 'empty'],
    ['a NUL', chat({ role: 'user', content: 'a\u0000b' }, reply), 'nul'],
    [
      'a lone surrogate',
      '{"messages":[{"role":"user","content":"\\ud800"},{"role":"assistant","content":"a"}]}',
      'loneSurrogate',
    ],
    [
      'a text beyond the limit',
      chat(user, { role: 'assistant', content: 'x'.repeat(100_001) }),
      'tooLong',
    ],
    ['a million open brackets', '['.repeat(1_000_000), 'tooDeep'],
    ['a million open braces', '{"a":'.repeat(1_000_000), 'tooDeep'],
  ])('%s is a bad row', async (_, line, reason) => {
    expect(await outcome(line)).toBe(reason);
  });

  it('numbers physical lines and skips blank ones', async () => {
    const text = `\n${chat(user, reply)}\r\n   \nnonsense\n${chat(user, reply)}`;
    const rows = await readAll(jsonlReader, text, readingOf({ format: 'jsonl' }), 5);
    expect(rows.map((row) => [row.line, row.kind])).toEqual([
      [2, 'row'],
      [4, 'bad'],
      [5, 'row'],
    ]);
  });

  it('drops a huge line without holding it and goes on', async () => {
    async function* pieces() {
      yield '{"messages": [{"role": "user", "content": "';
      for (let piece = 0; piece < 40; piece += 1) yield 'x'.repeat(1_000_000);
      yield `"}]}\n${chat(user, reply)}\n`;
    }
    const rows = [];
    for await (const batch of jsonlReader.read(pieces(), readingOf({ format: 'jsonl' })))
      rows.push(...batch);
    expect(rows.map((row) => [row.line, row.kind === 'bad' ? row.reason : 'row'])).toEqual([
      [1, 'rowTooLong'],
      [2, 'row'],
    ]);
  });

  it('offers further plain keys as columns', async () => {
    const line = JSON.stringify({
      messages: [user, reply],
      topic: 'x',
      n: 3,
      tags: ['a', 'b'],
      meta: {},
    });
    const reading = readingOf(jsonlReader.sniff(`${line}\n`));
    expect(reading.columns).toEqual(['topic', 'n', 'tags']);
    const [row] = await readAll(jsonlReader, line, reading);
    expect(row).toMatchObject({ kind: 'row', values: ['x', '3', 'a, b'] });
  });
});

const suite = outsideData('json_test_suite/test_parsing');

describeWith(suite, 'the JSON test suite, each file as one line', () => {
  const names = readdirSync(suite);
  it.each(names.filter((name) => /^[yn]_/.test(name)))('%s', async (name) => {
    const text = new TextDecoder('utf-8', { fatal: false }).decode(
      readFileSync(path.join(suite, name)),
    );
    const line = text.replace(/[\r\n]+/g, ' ');
    const found = await outcome(line);
    // None of the files is a chat line; what matters is that it is refused and nothing throws.
    expect(found === null || typeof found === 'string').toBe(true);
    if (name.startsWith('y_')) expect(['notObject', 'noMessages', 'tooDeep']).toContain(found);
  });
});
