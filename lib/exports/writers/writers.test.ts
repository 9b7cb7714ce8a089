import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Content, contentSchema } from '@/lib/examples/content';
import { contentHash } from '@/lib/examples/content-hash';
import { writers } from '@/lib/exports/writers';

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 80 })
  .map((value) => value.replaceAll('\u0000', ''))
  .filter((value) => value.trim().length > 0 && value.isWellFormed());

const content: fc.Arbitrary<Content> = fc
  .record({
    system: fc.option(text, { nil: undefined }),
    turns: fc.array(fc.tuple(text, text), { maxLength: 3 }),
    last: text,
    reply: text,
  })
  .map(({ system, turns, last, reply }) => ({
    ...(system === undefined ? {} : { system }),
    messages: [
      ...turns.flatMap(([user, assistant]) => [
        { role: 'user' as const, content: user },
        { role: 'assistant' as const, content: assistant },
      ]),
      { role: 'user' as const, content: last },
    ],
    reply,
  }));

describe.each(writers)('$id', (writer) => {
  test('reads back exactly what it writes', () => {
    fc.assert(
      fc.property(content, text, (example, briefSystem) => {
        const line = writer.render(example, example.system ?? briefSystem);
        expect(line).not.toContain('\n');
        const parsed = writer.parse(line);
        expect(parsed.system).toBe(example.system ?? briefSystem);
        const whole = contentSchema.parse({
          ...(example.system === undefined ? {} : { system: parsed.system }),
          ...parsed.content,
        });
        expect(contentHash(whole)).toBe(contentHash(example));
      }),
      { numRuns: 300 },
    );
  });

  test.each(['', '{}', '[]', '{"messages":[]}', '{"prompt":[],"completion":[]}', 'null'])(
    'refuses %s',
    (line) => {
      expect(() => writer.parse(line)).toThrow();
    },
  );
});

test('earlier assistant turns carry weight 0 for the chat format, the last one none', () => {
  const line = writers[0].render(
    {
      messages: [
        { role: 'user', content: 'a' },
        { role: 'assistant', content: 'b' },
        { role: 'user', content: 'c' },
      ],
      reply: 'd',
    },
    's',
  );
  expect(JSON.parse(line).messages).toEqual([
    { role: 'system', content: 's' },
    { role: 'user', content: 'a' },
    { role: 'assistant', content: 'b', weight: 0 },
    { role: 'user', content: 'c' },
    { role: 'assistant', content: 'd' },
  ]);
});
