'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { erasePersonAction } from '@/lib/lineage/lineage-actions';
import type { ErasePersonInput, ErasureCounts } from '@/lib/lineage/person-schema';
import { AlertDialog } from '../ui/alert-dialog';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';

export interface ErasePersonProps {
  workspace: string;
  input: ErasePersonInput;
  counts: ErasureCounts;
  onStarted: (jobId: string) => void;
}

/** Asks with every count, and asks to type the text: nothing brings this back. */
export function ErasePerson({ workspace, input, counts, onStarted }: ErasePersonProps) {
  const t = useTranslations('lineage');
  const [error, setError] = useState<string | null>(null);
  const erase = async () => {
    const result = await erasePersonAction({ workspace, ...input });
    if (result.ok) onStarted(result.data.jobId);
    else setError(result.error.message);
  };
  return (
    <div className="flex flex-col items-start gap-3">
      {error ? <Callout kind="warning">{error}</Callout> : null}
      <AlertDialog
        trigger={<Button variant="danger">{t('person.erase')}</Button>}
        title={t('confirm.title')}
        effect={t('confirm.effect')}
        confirmLabel={t('confirm.confirm', { examples: counts.examples })}
        cancelLabel={t('confirm.cancel')}
        typeToConfirm={{ label: t('person.field'), text: input.text }}
        onConfirm={erase}
      >
        <Touched counts={counts} />
        <p className="text-13 text-ink-3">{t('confirm.kept')}</p>
      </AlertDialog>
    </div>
  );
}

const kinds = [
  'examples',
  'released',
  'files',
  'models',
  'answers',
  'proofTexts',
  'regressionTexts',
  'marks',
  'imports',
  'badRows',
  'jobs',
  'bulkItems',
  'notes',
] as const;

function Touched({ counts }: { counts: ErasureCounts }) {
  const t = useTranslations('lineage.counts');
  const { revisions, releases, proofs } = counts;
  return (
    <ul className="list-disc ps-5 text-14">
      {kinds
        .filter((kind) => counts[kind] > 0)
        .map((kind) => (
          <li key={kind}>{t(kind, { count: counts[kind], revisions, releases, proofs })}</li>
        ))}
    </ul>
  );
}
