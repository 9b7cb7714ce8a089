import { expect, test } from 'vitest';
import { loadMessages, type Messages } from '@/i18n/messages';

/** Every text under a node with its path. */
function texts(node: Messages | string, path: string): [string, string][] {
  if (typeof node === 'string') return [[path, node]];
  return Object.entries(node).flatMap(([key, child]) => texts(child, `${path}.${key}`));
}

const forExperts = /%|\bpercent|\bp-value|\bloss(es)?\b|\bepochs?\b|\bsignifican|\bconfidence\b/i;

test.each(['proofs', 'models', 'curves', 'regression'])(
  '%s speak in whole numbers: percentages, p-values, losses and epochs are for experts',
  (name) => {
    const { expert, ...rest } = loadMessages('en')[name] as Messages;
    expect(texts(rest, name).filter(([, text]) => forExperts.test(text))).toEqual([]);
    expect(texts(expert as Messages, 'expert').length).toBeGreaterThan(0);
  },
);

test('the view of a proof for experts is one', () => {
  const { expert, ...rest } = loadMessages('en').proofs as Messages;
  expect(
    texts(expert as Messages, 'expert')
      .map(([, text]) => text)
      .join(' '),
  ).toMatch(/loss[\s\S]*|p-value/);
  expect(texts(rest, 'proofs').length).toBeGreaterThan(100);
});
