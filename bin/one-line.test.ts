import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { onOneLine } from './one-line.mjs';

test.each([
  ['a plain line\n', 'a plain line\n'],
  ['without an end', 'without an end'],
  ['', ''],
  ['\n', '\n'],
  ['Grüße\tan 🚲\n', 'Grüße\tan 🚲\n'],
  ['Error: x\n{"level":60}\n    at y\n', 'Error: x\\n{"level":60}\\n    at y\n'],
  ['two ends\n\n', 'two ends\\n\n'],
  ['a\r\nb\r\n', 'a\\u000d\\nb\\u000d\n'],
  [
    '\u001b[31mred\u001b[0m\u0007\u009b1m\u2028\u0000',
    '\\u001b[31mred\\u001b[0m\\u0007\\u009b1m\\u2028\\u0000',
  ],
])('%j is written as %j', (given, written) => {
  expect(onOneLine(given)).toBe(written);
});

test('an error on the console is one line, with all that it says', () => {
  const program = `
    import { keepOnOneLine } from ${JSON.stringify(join(import.meta.dirname, 'one-line.mjs'))};
    keepOnOneLine(process.stderr);
    keepOnOneLine(process.stdout);
    console.error(new SyntaxError('x\\n{"level":60}\\u001b[31m'), { digest: '1' });
    console.log('one');
    process.stdout.write(Buffer.from('two\\n'), () => console.log('three'));`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', program],
    { encoding: 'utf8' },
  );
  expect(stderr.split('\n')).toHaveLength(2);
  expect(stderr).toMatch(/^SyntaxError: x\\n\{"level":60\}\\u001b\[31m\\n.* at .*digest/);
  expect(stdout).toBe('one\ntwo\nthree\n');
});
