'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { setTokenDecisionsAction } from '@/lib/datasets/dataset-actions';
import type { DatasetView } from '@/lib/datasets/dataset-queries';
import { Section } from '../ui/section';
import { Switch } from '../ui/switch';
import { useToast } from '../ui/toast';

type Props = { workspace: string; dataset: DatasetView };

/** Whether what programs decide counts in the dataset's releases. */
export function TokenDecisions({ workspace, dataset }: Props) {
  const t = useTranslations('datasets.settings');
  const router = useRouter();
  const toast = useToast();
  const [isPending, startTransition] = useTransition();
  const set = (allowed: boolean) =>
    startTransition(async () => {
      const { id: datasetId, version } = dataset;
      const result = await setTokenDecisionsAction({ workspace, datasetId, version, allowed });
      if (result.ok) toast.show({ title: t(allowed ? 'tokensAllowed' : 'tokensForbidden') });
      else toast.show({ title: result.error.message, tone: 'negative' });
      router.refresh();
    });
  return (
    <Section title={t('tokensTitle')}>
      <Switch
        label={t('tokensLabel')}
        hint={t('tokensHint')}
        checked={dataset.allowTokenDecisions}
        disabled={isPending}
        onCheckedChange={set}
      />
    </Section>
  );
}
