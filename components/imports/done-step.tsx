import { Download } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import type { ImportView } from '@/lib/imports/import-queries';
import { UndoButton } from './undo-button';

export interface DoneStepProps {
  workspace: string;
  /** Address of the dataset. */
  datasetHref: string;
  row: Pick<ImportView, 'id' | 'version' | 'state' | 'target' | 'counts'>;
  /** What an undo would do now; null where the person may not undo. */
  undo: { binned: number; kept: number } | null;
}

/** What came of an import, and the way back. */
export async function DoneStep({ workspace, datasetHref, row, undo }: DoneStepProps) {
  const t = await getTranslations('imports.done');
  const examples = `${datasetHref}/examples?import=${row.id}`;
  const undone = row.state === 'undone' ? row.counts?.undone : undefined;
  const { fresh = 0, duplicates = 0, bad = 0 } = row.counts ?? {};
  const target = row.target === 'in_review' ? 'in_review' : 'draft';
  return (
    <div className="flex max-w-form flex-col items-start gap-5">
      <Callout
        kind={undone ? 'info' : 'success'}
        className="w-full"
        title={undone ? t('undoneTitle') : t('title', { count: fresh })}
      >
        {undone ? (
          <>
            <p>{t('undone', { binned: undone.binned })}</p>
            {undone.kept > 0 ? <p>{t('kept', { kept: undone.kept })}</p> : null}
          </>
        ) : (
          <>
            {fresh > 0 ? <p>{t(`target.${target}`)}</p> : null}
            <p>{t('leftOut', { duplicates, bad })}</p>
          </>
        )}
      </Callout>
      <div className="flex w-full flex-wrap items-center justify-between gap-3">
        <div className="flex flex-wrap gap-2">
          {undone && undone.kept === 0 ? null : (
            <LinkButton variant="primary" href={examples}>
              {undone ? t('showKept') : t('open')}
            </LinkButton>
          )}
          {bad > 0 && !undone ? (
            <LinkButton
              href={`/api${datasetHref}/imports/${row.id}/bad-rows`}
              download
              prefetch={false}
              icon={<Download aria-hidden="true" />}
            >
              {t('download')}
            </LinkButton>
          ) : null}
          <LinkButton href={`${datasetHref}/import`}>{t('another')}</LinkButton>
        </div>
        {undo && row.state === 'imported' ? (
          <UndoButton workspace={workspace} importId={row.id} version={row.version} {...undo} />
        ) : null}
      </div>
    </div>
  );
}
