import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { BriefCompare } from '@/components/briefs/brief-compare';
import { BriefDiffView } from '@/components/briefs/brief-diff-view';
import { BriefText } from '@/components/briefs/brief-text';
import { FrameCrumb } from '@/components/frame/frame-crumbs';
import { LinkButton } from '@/components/ui/button';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Tabs } from '@/components/ui/tabs';
import { diffBriefs } from '@/lib/datasets/brief-diff';
import { findBriefVersions, getBriefVersion, toBriefContent } from '@/lib/datasets/brief-queries';
import { getDataset } from '@/lib/datasets/dataset-queries';
import { forPage, pageViewer } from '@/lib/page';

export interface BriefVersionPageProps {
  params: Promise<{ workspace: string; datasetId: string; version: string }>;
  searchParams: Promise<{ with?: string | string[] }>;
}

const toVersion = (value: unknown): number | null =>
  typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : null;

export async function generateMetadata({ params }: BriefVersionPageProps): Promise<Metadata> {
  const t = await getTranslations('brief.versions');
  return { title: t('diffTitle', { version: toVersion((await params).version) ?? 0 }) };
}

export default async function BriefVersionPage({ params, searchParams }: BriefVersionPageProps) {
  const { workspace, datasetId, version: segment } = await params;
  const version = toVersion(segment);
  if (version === null) notFound();
  const viewer = await pageViewer(workspace);
  await forPage(getDataset(viewer, datasetId));
  const brief = await forPage(getBriefVersion(viewer, datasetId, version));
  const other = toVersion((await searchParams).with) ?? version - 1;
  const before = other >= 1 ? await forPage(getBriefVersion(viewer, datasetId, other)) : null;
  const versions = await findBriefVersions(viewer, datasetId);
  const t = await getTranslations('brief.versions');
  const href = `/w/${workspace}/datasets/${datasetId}/brief/versions`;
  const content = toBriefContent(brief);
  return (
    <PageBody>
      <FrameCrumb label={t('diffTitle', { version })} />
      <PageHeader
        title={t('diffTitle', { version })}
        description={before ? t('diffDescription', { version, other }) : t('first')}
        actions={
          <>
            <BriefCompare
              href={`${href}/${version}`}
              other={before ? other : null}
              versions={versions.map((row) => row.version).filter((number) => number !== version)}
            />
            <LinkButton variant="quiet" href={href}>
              {t('back')}
            </LinkButton>
          </>
        }
      />
      {before ? (
        <Tabs
          label={t('diffTitle', { version })}
          items={[
            {
              value: 'changes',
              label: t('changes'),
              content: <BriefDiffView diff={diffBriefs(toBriefContent(before), content)} />,
            },
            {
              value: 'text',
              label: t('fullText'),
              content: (
                <div className="flex flex-col gap-8">
                  <BriefText content={content} />
                </div>
              ),
            },
          ]}
        />
      ) : (
        <BriefText content={content} />
      )}
    </PageBody>
  );
}
