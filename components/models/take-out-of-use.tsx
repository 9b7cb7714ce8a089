'use client';

import { useTranslations } from 'next-intl';
import { takeOutOfUseAction } from '@/lib/models/model-actions';
import { useAct } from '../accounts/use-act';
import { Button } from '../ui/button';

/** Ends the use of a model; it can be put in use again. */
export function TakeOutOfUse({ workspace, modelId }: { workspace: string; modelId: string }) {
  const t = useTranslations('models.use');
  const { act, pending } = useAct();
  return (
    <Button
      pending={pending}
      onClick={() => void act(() => takeOutOfUseAction({ workspace, modelId }), t('taken'))}
    >
      {t('take')}
    </Button>
  );
}
