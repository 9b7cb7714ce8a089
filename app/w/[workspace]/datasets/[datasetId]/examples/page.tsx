import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { ExamplesView } from '@/components/examples/examples-view';
import { parseViewCookie, VIEW_COOKIE } from '@/components/examples/view-cookie';
import { getCurrentBrief } from '@/lib/datasets/brief-queries';
import { getDataset } from '@/lib/datasets/dataset-queries';
import { AppError } from '@/lib/errors';
import { getExample } from '@/lib/examples/example-detail';
import {
  countExamples,
  findAuthors,
  findExamples,
  findTags,
  findTopics,
  getExampleId,
} from '@/lib/examples/example-queries';
import { loadExampleUrl, toFilter } from '@/lib/examples/example-url';
import { forPage, pageViewer } from '@/lib/page';
import { can } from '@/lib/permissions';
import { withdrawApprovalAction } from '@/lib/reviews/withdrawal-actions';
import type { Viewer } from '@/lib/session';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('examples');
  return { title: t('title') };
}

type Props = {
  params: Promise<{ workspace: string; datasetId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The example of a deep link; none where the number names nothing. */
async function findOpen(viewer: Viewer, datasetId: string, open: number | 'new' | null) {
  if (typeof open !== 'number') return null;
  try {
    return await getExample(viewer, await getExampleId(viewer, { datasetId, number: open }));
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

export default async function ExamplesPage({ params, searchParams }: Props) {
  const { workspace, datasetId } = await params;
  const viewer = await pageViewer(workspace);
  const dataset = await forPage(getDataset(viewer, datasetId));
  const url = loadExampleUrl(await searchParams);
  const filter = toFilter(url);
  const [page, count, total, topics, tags, authors, brief, opened, jar] = await Promise.all([
    findExamples(viewer, { datasetId, filter, sort: url.sort, cursor: url.at }),
    countExamples(viewer, datasetId, filter),
    countExamples(viewer, datasetId, {}),
    findTopics(viewer, datasetId),
    findTags(viewer, datasetId),
    findAuthors(viewer, datasetId),
    getCurrentBrief(viewer, datasetId),
    findOpen(viewer, datasetId, url.open),
    cookies(),
  ]);
  return (
    <NuqsAdapter>
      <ExamplesView
        context={{
          workspace,
          datasetId,
          userId: viewer.userId,
          isArchived: dataset.archivedAt !== null,
          canRetire: can(viewer.role, 'example:retire'),
          withdrawApproval: withdrawApprovalAction,
          brief: brief && {
            rules: brief.rules,
            slots: brief.slots,
            systemPrompt: brief.systemPrompt,
          },
        }}
        page={page}
        count={count}
        total={total}
        choices={{ topics, tags, authors }}
        opened={opened}
        view={parseViewCookie(jar.get(VIEW_COOKIE)?.value)}
      />
    </NuqsAdapter>
  );
}
