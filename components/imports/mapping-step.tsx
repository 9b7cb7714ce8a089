'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { checkImportAction } from '@/lib/imports/import-actions';
import type { ImportPreview, ImportView } from '@/lib/imports/import-queries';
import { mappingIsComplete } from '@/lib/imports/import-rules';
import { DiscardButton } from './discard-button';
import { MappingFields } from './mapping-fields';
import { MappingPreview } from './mapping-preview';
import { ReadingForm } from './reading-form';
import { useImportAction } from './use-import-action';
import { useImportPreview } from './use-import-preview';

export interface MappingStepProps {
  workspace: string;
  /** Address of the import's page. */
  href: string;
  row: Pick<ImportView, 'id' | 'version' | 'reading' | 'mapping' | 'datasetId'>;
  preview: ImportPreview;
}

/** Which column feeds what, with the first rows as they would come out. */
export function MappingStep({ workspace, href, row, preview: initial }: MappingStepProps) {
  const t = useTranslations('imports.mapping');
  const [mapping, setMapping] = useState(row.mapping);
  const { isPending, run } = useImportAction();
  const { preview, state } = useImportPreview(
    `/api/w/${workspace}/datasets/${row.datasetId}/imports/${row.id}/preview`,
    mapping,
    initial,
  );
  const isComplete = mappingIsComplete(mapping, row.reading);
  const subject = { workspace, importId: row.id, version: row.version };
  return (
    <div className="flex flex-col gap-8">
      <ReadingForm {...subject} reading={row.reading} />
      <MappingFields
        reading={row.reading}
        mapping={mapping}
        samples={preview.samples}
        onChange={setMapping}
      />
      <MappingPreview rows={preview.rows} state={state} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <DiscardButton {...subject} />
        <div className="flex flex-wrap items-center gap-3">
          {isComplete ? null : <p className="text-13 text-ink-3">{t('needed')}</p>}
          <Button
            variant="primary"
            disabled={!isComplete}
            pending={isPending}
            onClick={() =>
              run(() => checkImportAction({ ...subject, mapping }), `${href}?step=check`)
            }
          >
            {t('check')}
          </Button>
        </div>
      </div>
    </div>
  );
}
