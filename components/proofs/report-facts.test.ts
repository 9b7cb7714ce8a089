import { NextIntlClientProvider } from 'next-intl';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { FORMATS } from '@/i18n/formats';
import { loadMessages } from '@/i18n/messages';
import type { ProofView } from '@/lib/proofs/proof-queries';
import { ReportFacts } from './report-facts';

const sealedAt = new Date('2026-03-02T10:00:00Z');

/** The report's facts, as they are printed, of a proof whose training began at a time. */
function printed(startedAt: Date | null): string {
  const proof = {
    createdAt: new Date('2026-03-04T10:00:00Z'),
    closedAt: null,
    commitment: 'c'.repeat(64),
    answersCommitment: 'a'.repeat(64),
    settings: null,
    plan: {
      measure: 'blind_votes',
      barOf100: 60,
      marginOf100: 0,
      votesPerPrompt: 1,
      commitment: 'p'.repeat(64),
      createdAt: sealedAt,
    },
    model: {
      name: 'Run 3',
      run: { startedAt, release: { number: 2, dataset: { name: 'Mails' } } },
    },
    _count: { items: 40 },
  } as unknown as ProofView;
  const messages = loadMessages('en');
  const children = createElement(ReportFacts, { proof });
  return renderToStaticMarkup(
    createElement(NextIntlClientProvider, {
      locale: 'en',
      timeZone: 'UTC',
      formats: FORMATS,
      messages,
      children,
    }),
  );
}

test('the printed report says whether the plan was written down before the training', () => {
  const before = 'Written down before the training.';
  const after = 'Written down after the training';
  expect(printed(new Date('2026-03-03T10:00:00Z'))).toContain(before);
  expect(printed(new Date('2026-03-01T10:00:00Z'))).toContain(after);
  expect(printed(null)).toContain(after);
  expect(printed(sealedAt)).not.toContain(before);
  for (const hash of ['c', 'a']) expect(printed(sealedAt)).toContain(hash.repeat(64));
});
