'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { archiveDatasetAction } from '@/lib/datasets/dataset-actions';
import { useToast } from '../ui/toast';

/** Puts a dataset away or takes it back, says so, and reloads the page's data. */
export function useArchive(workspace: string) {
  const t = useTranslations('datasets.settings');
  const router = useRouter();
  const toast = useToast();
  return async ({ id, version }: { id: string; version: number }, archived: boolean) => {
    const result = await archiveDatasetAction({ workspace, datasetId: id, version, archived });
    if (result.ok) toast.show({ title: archived ? t('archived') : t('restored') });
    else toast.show({ title: result.error.message, tone: 'negative' });
    router.refresh();
  };
}
