'use client';

import { FileText, SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button, LinkButton } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { useExamples } from './examples-context';
import type { ExamplesAddress } from './use-examples-url';

/** No example yet, or none that matches. */
export function ExamplesEmpty({ total, address }: { total: number; address: ExamplesAddress }) {
  const t = useTranslations('examples');
  const { isArchived } = useExamples();
  if (total > 0)
    return (
      <EmptyState
        icon={<SearchX />}
        title={t('noMatch.title')}
        description={t('noMatch.description', { total })}
        action={<Button onClick={address.clearFilter}>{t('noMatch.action')}</Button>}
      />
    );
  return (
    <EmptyState
      icon={<FileText />}
      title={t('empty.title')}
      description={t('empty.description')}
      action={
        isArchived ? undefined : (
          <>
            <Button variant="primary" onClick={() => address.openExample('new')}>
              {t('empty.write')}
            </Button>
            <LinkButton href="./import">{t('empty.import')}</LinkButton>
          </>
        )
      }
      sample={
        <div className="flex flex-col gap-2">
          <p className="text-12 font-medium text-ink-3">{t('columns.prompt')}</p>
          <p>{t('empty.samplePrompt')}</p>
          <p className="mt-1 text-12 font-medium text-ink-3">{t('columns.reply')}</p>
          <p>{t('empty.sampleReply')}</p>
        </div>
      }
    />
  );
}
