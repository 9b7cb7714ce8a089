'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { removeWebhookAction, switchWebhookAction } from '@/lib/webhooks/webhook-actions';
import type { WebhookView } from '@/lib/webhooks/webhook-queries';
import { useAct } from '../accounts/use-act';
import { AlertDialog } from '../ui/alert-dialog';
import { Button } from '../ui/button';

export interface WebhookEndProps {
  workspace: string;
  webhook: WebhookView;
  host: string;
}

/** Turns a webhook off for a while, or removes it for good. */
export function WebhookEnd({ workspace, webhook, host }: WebhookEndProps) {
  const t = useTranslations('webhooks');
  const router = useRouter();
  const { act, pending } = useAct();
  const { id: webhookId, version, off } = webhook;
  return (
    <div className="flex flex-wrap gap-2">
      {off ? null : (
        <Button
          pending={pending}
          onClick={() =>
            void act(
              () => switchWebhookAction({ workspace, webhookId, version, on: false }),
              t('off.turnedOff'),
            )
          }
        >
          {t('off.turnOff')}
        </Button>
      )}
      <AlertDialog
        trigger={<Button variant="danger">{t('manage.remove')}</Button>}
        title={t('manage.removeTitle', { host })}
        effect={t('manage.removeEffect')}
        confirmLabel={t('manage.removeConfirm')}
        onConfirm={() =>
          act(
            () => removeWebhookAction({ workspace, webhookId }),
            () => router.replace(`/w/${workspace}/settings/webhooks`),
          )
        }
      />
    </div>
  );
}
