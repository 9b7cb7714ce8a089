import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ProofTable } from '@/components/proofs/proof-table';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { forPage, pageViewer } from '@/lib/page';
import { findProofs } from '@/lib/proofs/proof-queries';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('proofs');
  return { title: t('title') };
}

export default async function ProofsPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const proofs = await forPage(findProofs(await pageViewer(workspace)));
  const t = await getTranslations('proofs');
  return (
    <PageBody>
      {proofs.length === 0 ? (
        <EmptyState
          level={1}
          title={t('empty.title')}
          description={t('empty.description')}
          action={
            <LinkButton href={`/w/${workspace}/models`} variant="primary">
              {t('empty.action')}
            </LinkButton>
          }
        />
      ) : (
        <>
          <PageHeader title={t('title')} description={t('description')} />
          <ProofTable workspace={workspace} proofs={proofs} />
        </>
      )}
    </PageBody>
  );
}
