import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ArchivedDatasets } from '@/components/datasets/archived-datasets';
import { TokensSection } from '@/components/tokens/tokens-section';
import { LinkButton } from '@/components/ui/button';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { LeaveWorkspace } from '@/components/workspaces/leave-workspace';
import { RemoveSample } from '@/components/workspaces/remove-sample';
import { WorkspaceNameForm } from '@/components/workspaces/workspace-name-form';
import { findDatasets } from '@/lib/datasets/dataset-queries';
import { pageViewer } from '@/lib/page';
import { can } from '@/lib/permissions';
import { requireSignedIn } from '@/lib/session';
import { findTokens } from '@/lib/tokens/token-queries';
import { findSample } from '@/lib/workspaces/sample-queries';
import { canCreateWorkspace, getWorkspace } from '@/lib/workspaces/workspace-queries';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('workspaces'))('settings.pageTitle') };
}

export default async function SettingsPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace: slug } = await params;
  const viewer = await pageViewer(slug);
  const canManage = can(viewer.role, 'workspace:manage');
  const [
    t,
    tDatasets,
    tSample,
    tWebhooks,
    tRegression,
    archived,
    workspace,
    canCreate,
    sample,
    tokens,
  ] = await Promise.all([
    getTranslations('workspaces.settings'),
    getTranslations('datasets.archive'),
    getTranslations('workspaces.sample'),
    getTranslations('webhooks'),
    getTranslations('regression.settings'),
    findDatasets(viewer, { archived: true }),
    getWorkspace(viewer),
    requireSignedIn().then(canCreateWorkspace),
    canManage ? findSample(viewer) : null,
    findTokens(viewer),
  ]);
  return (
    <PageBody width="reading">
      <PageHeader title={t('title')} description={t('description')} />
      <Section title={t('nameTitle')}>
        {canManage ? (
          <WorkspaceNameForm workspace={slug} name={workspace.name} />
        ) : (
          <p>
            {workspace.name} <span className="text-ink-3">{t('onlyAdmins')}</span>
          </p>
        )}
      </Section>
      <TokensSection workspace={slug} tokens={tokens} />
      {can(viewer.role, 'webhook:manage') ? (
        <Section title={tWebhooks('title')} description={tWebhooks('settingsText')}>
          <LinkButton href={`/w/${slug}/settings/webhooks`} className="self-start">
            {tWebhooks('settingsLink')}
          </LinkButton>
        </Section>
      ) : null}
      {can(viewer.role, 'regression:manage') ? (
        <Section title={tRegression('title')} description={tRegression('text')}>
          <LinkButton href={`/w/${slug}/settings/regression-set`} className="self-start">
            {tRegression('link')}
          </LinkButton>
        </Section>
      ) : null}
      {archived.length > 0 ? (
        <Section title={tDatasets('title')} description={tDatasets('description')}>
          <ArchivedDatasets
            workspace={slug}
            datasets={archived}
            canRestore={can(viewer.role, 'dataset:manage')}
          />
        </Section>
      ) : null}
      {canCreate ? (
        <Section title={t('moreTitle')} description={t('moreText')}>
          <LinkButton href="/workspaces/new" className="self-start">
            {t('more')}
          </LinkButton>
        </Section>
      ) : null}
      {sample ? (
        <Section title={t('sampleTitle')} description={tSample(sample.isOwn ? 'textOwn' : 'text')}>
          <RemoveSample workspace={slug} sample={sample} />
        </Section>
      ) : null}
      {workspace.isSample ? null : (
        <Section title={t('leaveTitle')}>
          <LeaveWorkspace workspace={slug} />
        </Section>
      )}
    </PageBody>
  );
}
