import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { FrameCrumb } from '@/components/frame/frame-crumbs';
import { AnswerPair } from '@/components/regression-set/answer-pair';
import { ListLinks } from '@/components/regression-set/list-links';
import { LinkButton } from '@/components/ui/button';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { forPage, pageViewer } from '@/lib/page';
import { can } from '@/lib/permissions';
import { loadListUrl } from '@/lib/regression-set/list-url';
import { findRegressionAnswers } from '@/lib/regression-set/result-queries';

type Props = {
  params: Promise<{ workspace: string; modelId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('regression'))('title') };
}

export default async function RegressionPage({ params, searchParams }: Props) {
  const { workspace, modelId } = await params;
  if (!z.uuid().safeParse(modelId).success) notFound();
  const viewer = await pageViewer(workspace);
  const { kind, show } = await loadListUrl(searchParams);
  const [t, { model, rows }] = await Promise.all([
    getTranslations('regression'),
    forPage(findRegressionAnswers(viewer, { modelId, kind, show })),
  ]);
  const back = `/w/${workspace}/models/${modelId}`;
  return (
    <PageBody>
      <FrameCrumb label={model.name} />
      <PageHeader
        title={t('list.title', { kind: t(`kinds.${kind}`), list: t(`list.shows.${show}`) })}
        description={t(`about.${kind}`)}
        actions={<LinkButton href={back}>{t('list.back')}</LinkButton>}
      />
      <ListLinks base={`${back}/regression`} kind={kind} show={show} />
      {rows.length === 0 ? <p className="text-14 text-ink-2">{t('list.empty')}</p> : null}
      <div className="flex flex-col gap-6">
        {rows.map((row) => (
          <AnswerPair
            key={row.item.id}
            workspace={workspace}
            modelId={modelId}
            row={row}
            canDecide={can(viewer.role, 'regression:manage')}
          />
        ))}
      </div>
    </PageBody>
  );
}
