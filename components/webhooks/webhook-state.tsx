import { useTranslations } from 'next-intl';
import { StatusDot } from '../ui/status-dot';

export interface WebhookStateProps {
  webhook: { off: string | null; failingSince: Date | null };
}

/** Whether a webhook is on, on and failing, or off. */
export function WebhookState({ webhook }: WebhookStateProps) {
  const t = useTranslations('webhooks.state');
  if (webhook.off) return <StatusDot tone="muted">{t('off')}</StatusDot>;
  if (webhook.failingSince) return <StatusDot tone="negative">{t('failing')}</StatusDot>;
  return <StatusDot tone="positive">{t('on')}</StatusDot>;
}
