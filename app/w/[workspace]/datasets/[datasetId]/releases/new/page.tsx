import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FrameCrumb } from '@/components/frame/frame-crumbs';
import { FreezeForm } from '@/components/releases/freeze-form';
import { LeftOut } from '@/components/releases/left-out';
import { PreviewWarnings } from '@/components/releases/preview-warnings';
import { SeenHeldOut } from '@/components/releases/seen-held-out';
import { SplitBars } from '@/components/releases/split-bars';
import { Callout } from '@/components/ui/callout';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { forPage, pageViewer } from '@/lib/page';
import { can } from '@/lib/permissions';
import { findNextJudgement } from '@/lib/proofs/ledger-queries';
import { previewRelease } from '@/lib/releases/release-queries';

type Props = {
  params: Promise<{ workspace: string; datasetId: string }>;
  searchParams: Promise<{ reserve?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('releases');
  return { title: t('new') };
}

export default async function NewReleasePage({ params, searchParams }: Props) {
  const { workspace, datasetId } = await params;
  const reserveMore = (await searchParams).reserve === 'more';
  const viewer = await pageViewer(workspace);
  const preview = await forPage(previewRelease(viewer, datasetId, { reserveMore }));
  const t = await getTranslations('releases');
  const base = `/w/${workspace}/datasets/${datasetId}`;
  const { counts, lists, refusal, approvedBrief } = preview;
  const total = counts.training + counts.validation + counts.heldOut;
  const hasSeen =
    !refusal && counts.seen.retired + counts.seen.staying + lists.seen_in_proof.length > 0;
  return (
    <PageBody>
      <FrameCrumb label={t('new')} />
      <PageHeader
        title={t('preview.title', { number: preview.number })}
        description={t('preview.description')}
      />
      <PreviewWarnings base={base} preview={preview} reserveMore={reserveMore} />
      {refusal ? null : (
        <Section
          title={t('preview.goesIn')}
          description={t('preview.goesInNote', { count: total })}
        >
          <SplitBars counts={counts} />
          <p className="max-w-prose text-13 text-ink-3">
            {t('preview.placementNote')}
            {preview.placedBefore > 0
              ? ` ${t('preview.placedBefore', { count: preview.placedBefore })}.`
              : null}
          </p>
        </Section>
      )}
      {hasSeen ? (
        <SeenHeldOut
          workspace={workspace}
          datasetId={datasetId}
          seen={counts.seen}
          lists={lists}
          judgement={await forPage(findNextJudgement(viewer, preview.heldOutIds))}
          reserveMore={reserveMore}
        />
      ) : null}
      <LeftOut
        workspace={workspace}
        datasetId={datasetId}
        excluded={counts.excluded}
        planned={lists}
      />
      {refusal || !approvedBrief ? null : can(viewer.role, 'release:create') ? (
        <FreezeForm
          workspace={workspace}
          datasetId={datasetId}
          briefId={approvedBrief.id}
          number={preview.number}
          reserveMore={reserveMore}
        />
      ) : (
        <Callout>{t('preview.adminOnly')}</Callout>
      )}
    </PageBody>
  );
}
