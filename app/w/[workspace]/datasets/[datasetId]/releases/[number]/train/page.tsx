import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { FrameCrumb } from '@/components/frame/frame-crumbs';
import { PlanSection } from '@/components/proofs/plan-section';
import { TrainForm } from '@/components/training/train-form';
import { TrainerNotice } from '@/components/training/trainer-notice';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { forPage, pageViewer } from '@/lib/page';
import { assertCan, can } from '@/lib/permissions';
import { findPower } from '@/lib/proofs/power-queries';
import { findPlans, hasFieldReplies } from '@/lib/proofs/proof-queries';
import { findPlanVoters } from '@/lib/proofs/voter-queries';
import { getRelease } from '@/lib/releases/release-queries';
import { findBaseModels } from '@/lib/training/base-models';
import { defaultBaseModel } from '@/lib/training/run-schema';
import { readTrainerState } from '@/lib/training/trainer-state';

type Props = { params: Promise<{ workspace: string; datasetId: string; number: string }> };

const numberSchema = z.coerce.number().int().positive().max(1_000_000);

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('releases');
  return { title: t('detail.train') };
}

export default async function TrainPage({ params }: Props) {
  const { workspace, datasetId, number: raw } = await params;
  const number = numberSchema.safeParse(raw);
  if (!number.success) notFound();
  const viewer = await pageViewer(workspace);
  await forPage((async () => assertCan(viewer, 'run:create'))());
  const release = await forPage(getRelease(viewer, { datasetId, number: number.data }));
  if (release.state !== 'frozen') notFound();
  const [models, trainer, plans, power, voters, hasFields] = await Promise.all([
    findBaseModels(),
    readTrainerState(),
    findPlans(viewer, release.id),
    findPower(viewer, { releaseId: release.id }),
    findPlanVoters(viewer, release.id),
    hasFieldReplies(viewer, release.id),
  ]);
  const t = await getTranslations('training');
  return (
    <PageBody>
      <FrameCrumb label={t('start.title', { number: release.number })} />
      <PageHeader
        title={t('start.title', { number: release.number })}
        description={t('start.description')}
      />
      <PlanSection
        workspace={workspace}
        releaseId={release.id}
        {...plans}
        power={power}
        voters={voters}
        hasFields={hasFields}
        canPlan={can(viewer.role, 'proof:create')}
      />
      <TrainerNotice trainer={trainer} isModelReady={models.length > 0} />
      {models.length > 0 && trainer.state !== 'failed' ? (
        <TrainForm
          workspace={workspace}
          releaseId={release.id}
          withdrawn={release.withdrawn}
          examples={`/w/${workspace}/datasets/${datasetId}/examples`}
          isTrainerReady={trainer.state === 'ready'}
          baseModels={models.map((model) => model.id)}
          baseModel={
            models.find((model) => model.id === defaultBaseModel)?.id ??
            models[0]?.id ??
            defaultBaseModel
          }
        />
      ) : null}
    </PageBody>
  );
}
