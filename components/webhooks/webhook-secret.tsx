'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { rotateWebhookSecretAction } from '@/lib/webhooks/webhook-actions';
import { useAct } from '../accounts/use-act';
import { AlertDialog } from '../ui/alert-dialog';
import { Button } from '../ui/button';
import { SecretOnce } from './secret-once';

export interface WebhookSecretProps {
  workspace: string;
  webhookId: string;
  host: string;
  /** Until when the secret before signs too; null where there is none. */
  oldUntil: Date | null;
}

/** Gives a webhook a new secret. */
export function WebhookSecret({ workspace, webhookId, host, oldUntil }: WebhookSecretProps) {
  const t = useTranslations('webhooks.secret');
  const format = useFormatter();
  const { act } = useAct();
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <>
      {oldUntil ? (
        <p className="text-14 text-ink-2">
          {t('both', { time: format.dateTime(oldUntil, 'moment') })}
        </p>
      ) : null}
      <AlertDialog
        tone="primary"
        trigger={<Button className="self-start">{t('rotate')}</Button>}
        title={t('rotateTitle')}
        effect={t('rotateEffect')}
        confirmLabel={t('rotateConfirm')}
        onConfirm={() =>
          act(
            () => rotateWebhookSecretAction({ workspace, webhookId }),
            (made) => setSecret(made.secret),
          )
        }
      />
      {secret ? <SecretOnce host={host} secret={secret} onClose={() => setSecret(null)} /> : null}
    </>
  );
}
