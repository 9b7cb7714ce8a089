import { Webhook } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { AddWebhook } from '@/components/webhooks/add-webhook';
import { WebhooksTable } from '@/components/webhooks/webhooks-table';
import { forPage, pageViewer } from '@/lib/page';
import { findWebhooks } from '@/lib/webhooks/webhook-queries';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('webhooks'))('pageTitle') };
}

export default async function WebhooksPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const viewer = await pageViewer(workspace);
  const [t, webhooks] = await Promise.all([
    getTranslations('webhooks'),
    forPage(findWebhooks(viewer)),
  ]);
  const add = <AddWebhook workspace={workspace} />;
  return (
    <PageBody>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={webhooks.length > 0 ? add : undefined}
      />
      {webhooks.length > 0 ? (
        <WebhooksTable workspace={workspace} webhooks={webhooks} />
      ) : (
        <EmptyState
          icon={<Webhook />}
          title={t('empty.title')}
          description={t('empty.description')}
          action={add}
        />
      )}
    </PageBody>
  );
}
