import { expect, test } from 'vitest';
import { loadMessages, type Messages } from '@/i18n/messages';

/** Every text under a node with its path. */
function texts(node: Messages | string, path: string): [string, string][] {
  if (typeof node === 'string') return [[path, node]];
  return Object.entries(node).flatMap(([key, child]) => texts(child, `${path}.${key}`));
}

test('proofs speak in whole numbers: percentages, p-values, losses and epochs are for experts', () => {
  const { expert, ...rest } = loadMessages('en').proofs as Messages;
  const found = texts(rest, 'proofs').filter(([, text]) =>
    /%|\bpercent|\bp-value|\bloss(es)?\b|\bepochs?\b|\bsignifican|\bconfidence\b/i.test(text),
  );
  expect(found).toEqual([]);
  expect(
    texts(expert as Messages, 'expert')
      .map(([, text]) => text)
      .join(' '),
  ).toMatch(/loss[\s\S]*|p-value/);
  expect(texts(rest, 'proofs').length).toBeGreaterThan(100);
});
