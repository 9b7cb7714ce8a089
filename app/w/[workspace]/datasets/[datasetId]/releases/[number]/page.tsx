import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { FrameCrumb } from '@/components/frame/frame-crumbs';
import { ExportFiles } from '@/components/releases/export-files';
import { FreezeProgress } from '@/components/releases/freeze-progress';
import { ReleaseHeader } from '@/components/releases/release-header';
import { ReleaseItems } from '@/components/releases/release-items';
import { ReleaseRuns } from '@/components/releases/release-runs';
import { SplitBars } from '@/components/releases/split-bars';
import { Callout } from '@/components/ui/callout';
import { PageBody } from '@/components/ui/page-header';
import { countErased } from '@/lib/lineage/person-queries';
import { forPage, pageViewer } from '@/lib/page';
import { can } from '@/lib/permissions';
import { findReleaseItems, getRelease } from '@/lib/releases/release-queries';
import { splits } from '@/lib/releases/release-schema';

type Props = {
  params: Promise<{ workspace: string; datasetId: string; number: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const numberSchema = z.coerce.number().int().positive().max(1_000_000);
const searchSchema = z.object({
  split: z.enum(splits).catch('training'),
  from: z.coerce.number().int().nonnegative().max(10_000_000).catch(0),
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('releases');
  const number = numberSchema.safeParse((await params).number);
  return { title: number.success ? t('name', { number: number.data }) : t('title') };
}

export default async function ReleasePage({ params, searchParams }: Props) {
  const { workspace, datasetId, number: raw } = await params;
  const number = numberSchema.safeParse(raw);
  if (!number.success) notFound();
  const viewer = await pageViewer(workspace);
  const release = await forPage(getRelease(viewer, { datasetId, number: number.data }));
  const { split, from } = searchSchema.parse(await searchParams);
  const items =
    release.state === 'frozen'
      ? await findReleaseItems(viewer, { releaseId: release.id, split, from })
      : [];
  const erased = await countErased(viewer, release.id);
  const [t, marks] = await Promise.all([
    getTranslations('releases'),
    getTranslations('lineage.marks'),
  ]);
  const base = `/w/${workspace}/datasets/${datasetId}/releases`;
  return (
    <PageBody>
      <FrameCrumb label={t('name', { number: release.number })} />
      <ReleaseHeader
        workspace={workspace}
        release={release}
        canTrain={can(viewer.role, 'run:create')}
      />
      {release.state === 'freezing' && release.job ? (
        <FreezeProgress workspace={workspace} jobId={release.job.id} number={release.number} />
      ) : null}
      {release.state === 'failed' ? (
        <Callout kind="blocker" title={t('detail.failed')}>
          {release.job?.errorCode &&
          t.has(release.job.errorCode.replace(/^releases\./, '') as never)
            ? t(release.job.errorCode.replace(/^releases\./, '') as never)
            : null}
        </Callout>
      ) : null}
      {release.withdrawn > 0 ? (
        <Callout kind="warning" title={t('withdrawnTitle', { count: release.withdrawn })}>
          {t('withdrawnText')}
        </Callout>
      ) : null}
      {erased > 0 ? <Callout kind="warning">{marks('release', { count: erased })}</Callout> : null}
      {release.state === 'frozen' && release.counts ? (
        <>
          <SplitBars counts={release.counts} />
          <ReleaseRuns workspace={workspace} runs={release.runs} />
          <ExportFiles release={release} canDownload={can(viewer.role, 'export:download')} />
          <ReleaseItems
            base={`${base}/${release.number}`}
            examples={`/w/${workspace}/datasets/${datasetId}/examples`}
            counts={release.counts}
            split={split}
            from={from}
            items={items}
            {...(can(viewer.role, 'record:read') ? { record: `/w/${workspace}/record` } : {})}
          />
        </>
      ) : null}
    </PageBody>
  );
}
