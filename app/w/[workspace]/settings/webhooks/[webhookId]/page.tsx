import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { LinkButton } from '@/components/ui/button';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { DeliveryLog } from '@/components/webhooks/delivery-log';
import { LogRefresh } from '@/components/webhooks/log-refresh';
import { TestButton } from '@/components/webhooks/test-button';
import { WebhookEnd } from '@/components/webhooks/webhook-end';
import { WebhookEventsForm } from '@/components/webhooks/webhook-events-form';
import { WebhookHealth } from '@/components/webhooks/webhook-health';
import { WebhookSecret } from '@/components/webhooks/webhook-secret';
import { WebhookState } from '@/components/webhooks/webhook-state';
import { AppError } from '@/lib/errors';
import { forPage, pageViewer } from '@/lib/page';
import { findDeliveries, getWebhook } from '@/lib/webhooks/webhook-queries';
import { loadLogUrl } from '@/lib/webhooks/webhook-url';

type Props = {
  params: Promise<{ workspace: string; webhookId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** What is sent within this time is waited for. */
const SOON_MS = 10_000;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('webhooks'))('pageTitle') };
}

export default async function WebhookPage({ params, searchParams }: Props) {
  const { workspace, webhookId } = await params;
  const viewer = await pageViewer(workspace);
  if (!z.uuid().safeParse(webhookId).success)
    await forPage(Promise.reject(new AppError('NOT_FOUND')));
  const { before } = await loadLogUrl(searchParams);
  const [t, webhook, { rows, next }] = await Promise.all([
    getTranslations('webhooks'),
    forPage(getWebhook(viewer, webhookId)),
    forPage(findDeliveries(viewer, { webhookId, before })),
  ]);
  const base = `/w/${workspace}/settings/webhooks`;
  const { host } = new URL(webhook.url);
  const soon = Date.now() + SOON_MS;
  const isBusy = rows.some((row) => row.nextAttemptAt && row.nextAttemptAt.getTime() < soon);
  const oldUntil =
    webhook.oldSecretUntil && webhook.oldSecretUntil > new Date() ? webhook.oldSecretUntil : null;
  return (
    <PageBody>
      <PageHeader
        title={host}
        status={<WebhookState webhook={webhook} />}
        description={<span className="break-all">{webhook.url}</span>}
        actions={
          <>
            <LinkButton href={base}>{t('all')}</LinkButton>
            {webhook.off ? null : <TestButton workspace={workspace} webhookId={webhookId} />}
          </>
        }
      />
      <WebhookHealth workspace={workspace} webhook={webhook} />
      <Section title={t('log.title')} description={t('log.description')}>
        {rows.length > 0 ? (
          <>
            <LogRefresh isBusy={isBusy && webhook.off === null} />
            <DeliveryLog workspace={workspace} rows={rows} isOn={webhook.off === null} />
          </>
        ) : (
          <p className="text-14 text-ink-2">{t('log.empty')}</p>
        )}
        <div className="flex gap-2">
          {before ? (
            <LinkButton size="small" variant="quiet" href={`${base}/${webhookId}`}>
              {t('log.newest')}
            </LinkButton>
          ) : null}
          {next ? (
            <LinkButton size="small" variant="quiet" href={`${base}/${webhookId}?before=${next}`}>
              {t('log.older')}
            </LinkButton>
          ) : null}
        </div>
      </Section>
      <Section title={t('events.label')}>
        <WebhookEventsForm key={webhook.version} workspace={workspace} webhook={webhook} />
      </Section>
      <Section title={t('secret.title')} description={t('secret.text')}>
        <WebhookSecret
          workspace={workspace}
          webhookId={webhookId}
          host={host}
          oldUntil={oldUntil}
        />
      </Section>
      <Section title={t('manage.title')} description={t('manage.text')}>
        <WebhookEnd workspace={workspace} webhook={webhook} host={host} />
      </Section>
    </PageBody>
  );
}
