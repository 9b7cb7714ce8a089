'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { RadioGroup } from '@/components/ui/radio-group';
import { commitImportAction } from '@/lib/imports/import-actions';
import type { ImportTarget } from '@/lib/imports/import-schema';
import { useImportAction } from './use-import-action';

export interface CommitFormProps {
  workspace: string;
  importId: string;
  version: number;
  count: number;
  href: string;
}

/** As drafts or straight into review, and the button that does it. */
export function CommitForm({ workspace, importId, version, count, href }: CommitFormProps) {
  const t = useTranslations('imports.commit');
  const [target, setTarget] = useState<ImportTarget>('draft');
  const { isPending, run } = useImportAction();
  return (
    <div className="flex flex-col gap-4 rounded-panel bg-sunken p-4">
      <RadioGroup
        label={t('title')}
        value={target}
        onValueChange={(value) => setTarget(value as ImportTarget)}
        options={[
          { value: 'draft', label: t('draft'), hint: t('draftHint') },
          { value: 'in_review', label: t('inReview'), hint: t('inReviewHint') },
        ]}
      />
      <Button
        variant="primary"
        pending={isPending}
        onClick={() =>
          run(
            () => commitImportAction({ workspace, importId, version, target }),
            `${href}?step=done`,
          )
        }
      >
        {t('button', { count })}
      </Button>
    </div>
  );
}
