'use client';

import { useTranslations } from 'next-intl';
import { retireRegressionItemAction } from '@/lib/regression-set/regression-actions';
import { useAct } from '../accounts/use-act';
import { AlertDialog } from '../ui/alert-dialog';
import { Button } from '../ui/button';

export interface RetireItemProps {
  workspace: string;
  itemId: string;
  /** Names the item for those who hear the page. */
  prompt: string;
}

/** Takes an item of the workspace's own out of the set for good. */
export function RetireItem({ workspace, itemId, prompt }: RetireItemProps) {
  const t = useTranslations('regression.settings');
  const { act } = useAct();
  return (
    <AlertDialog
      trigger={
        <Button size="small" variant="quiet" aria-label={t('retireOf', { prompt })}>
          {t('retire')}
        </Button>
      }
      title={t('retireTitle')}
      effect={t('retireEffect')}
      confirmLabel={t('retireConfirm')}
      onConfirm={() =>
        act(() => retireRegressionItemAction({ workspace, itemId }), t('retiredDone'))
      }
    />
  );
}
