import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { FrameCrumb } from '@/components/frame/frame-crumbs';
import { LinkButton } from '@/components/ui/button';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { MarkedCase } from '@/components/wrong-answers/marked-case';
import { MarkedGate } from '@/components/wrong-answers/marked-gate';
import { TaughtLists, TaughtListsSkeleton } from '@/components/wrong-answers/taught-lists';
import { WriteAnother } from '@/components/wrong-answers/write-another';
import { forPage, pageViewer } from '@/lib/page';
import type { Viewer } from '@/lib/session';
import { findTaughtBy } from '@/lib/wrong-answers/taught-queries';
import { getMarkedAnswer } from '@/lib/wrong-answers/wrong-answer-queries';
import { type AnswerRef, answerRefSchema } from '@/lib/wrong-answers/wrong-answer-schema';

type Props = { params: Promise<{ workspace: string; modelId: string; exampleId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('wrongAnswers');
  return { title: t('title') };
}

export default async function WrongAnswerPage({ params }: Props) {
  const { workspace, ...ids } = await params;
  const parsed = answerRefSchema.safeParse(ids);
  if (!parsed.success) notFound();
  const answer = parsed.data;
  const viewer = await pageViewer(workspace);
  const view = await forPage(getMarkedAnswer(viewer, answer));
  const t = await getTranslations('wrongAnswers');
  const back = (
    <LinkButton href={`/w/${workspace}/models/${answer.modelId}`}>{t('back')}</LinkButton>
  );
  if (!view.isOpen)
    return (
      <PageBody>
        <FrameCrumb label={t('title')} />
        <PageHeader title={t('title')} actions={back} />
        <MarkedGate workspace={workspace} answer={answer} mayVote={view.mayVote} />
      </PageBody>
    );
  const { number, modelName, releaseNumber, datasetId, topic } = view.marked;
  return (
    <PageBody>
      <FrameCrumb label={t('title')} />
      <PageHeader
        title={t('title')}
        description={t('description', { number, model: modelName, release: releaseNumber })}
        actions={back}
      />
      <MarkedCase workspace={workspace} answer={answer} marked={view.marked} />
      <Suspense fallback={<TaughtListsSkeleton />}>
        <Taught viewer={viewer} workspace={workspace} answer={answer} datasetId={datasetId} />
      </Suspense>
      <WriteAnother workspace={workspace} datasetId={datasetId} topic={topic} />
    </PageBody>
  );
}

/** Goes through every training example of the release; the case above does not wait for it. */
async function Taught(props: {
  viewer: Viewer;
  workspace: string;
  answer: AnswerRef;
  datasetId: string;
}) {
  const { viewer, answer, ...place } = props;
  return <TaughtLists {...place} taught={await findTaughtBy(viewer, answer)} />;
}
