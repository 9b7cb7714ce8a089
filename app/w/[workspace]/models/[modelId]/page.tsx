import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { CurveSection } from '@/components/curves/curve-section';
import { FrameCrumb } from '@/components/frame/frame-crumbs';
import { HeldOutAnswers } from '@/components/models/held-out-answers';
import { HeldOutLoss } from '@/components/models/held-out-loss';
import { HouseStyle } from '@/components/models/house-style';
import { ModelUse } from '@/components/models/model-use';
import { Playground } from '@/components/models/playground';
import { ModelProofs } from '@/components/proofs/model-proofs';
import { RegressionSection } from '@/components/regression-set/regression-section';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { AskedAgain } from '@/components/wrong-answers/asked-again';
import { MarkedList } from '@/components/wrong-answers/marked-list';
import { houseRulesSchema } from '@/lib/checks/rule-schema';
import { getCurve } from '@/lib/curves/curve-queries';
import { countTrainedOnErased } from '@/lib/lineage/person-queries';
import { getModel } from '@/lib/models/model-queries';
import { findModelInUse, findUses } from '@/lib/models/use-queries';
import { forPage, pageViewer } from '@/lib/page';
import { can } from '@/lib/permissions';
import { findOpenVotes } from '@/lib/proofs/look-queries';
import { findPower } from '@/lib/proofs/power-queries';
import { findModelProofs } from '@/lib/proofs/proof-queries';
import { findPlanVoters, findVoteReach } from '@/lib/proofs/voter-queries';
import { getRegressionResult } from '@/lib/regression-set/result-queries';
import { countEarlierMarks } from '@/lib/wrong-answers/asked-again-queries';
import { findMarks } from '@/lib/wrong-answers/wrong-answer-queries';

type Props = { params: Promise<{ workspace: string; modelId: string }> };

const MEGABYTE = 1_000_000;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('models');
  return { title: t('title') };
}

export default async function ModelPage({ params }: Props) {
  const { workspace, modelId } = await params;
  if (!z.uuid().safeParse(modelId).success) notFound();
  const viewer = await pageViewer(workspace);
  const model = await forPage(getModel(viewer, modelId));
  const erased = await countTrainedOnErased(viewer, model.id);
  const [t, marks] = await Promise.all([
    getTranslations('models'),
    getTranslations('lineage.marks'),
  ]);
  const { evaluation, run } = model;
  const releaseId = run.release.id;
  const [proofs, power, voters, openVotes, regression, uses, current, marked, askedAgain, curve] =
    await forPage(
      Promise.all([
        findModelProofs(viewer, { id: model.id, releaseId, startedAt: run.startedAt }),
        findPower(viewer, { releaseId, modelId: model.id }),
        findPlanVoters(viewer, releaseId),
        findOpenVotes(viewer, model.id),
        getRegressionResult(viewer, model.id),
        findUses(viewer, model.id),
        findModelInUse(viewer, run.release.dataset.id),
        findMarks(viewer, model.id),
        countEarlierMarks(viewer, model.id),
        getCurve(viewer, model.id),
      ]),
    );
  const { needsViewer } = await findVoteReach(
    viewer,
    openVotes.map(({ id }) => id),
  );
  const rules = houseRulesSchema.parse(run.release.brief.rules);
  return (
    <PageBody>
      <FrameCrumb label={model.name} />
      <PageHeader
        title={model.name}
        description={
          <>
            {t('from', {
              number: run.number,
              dataset: run.release.dataset.name,
              release: run.release.number,
            })}
            {' · '}
            <RelativeTime value={model.createdAt} />
            {' · '}
            {t('size', { megabytes: Math.max(1, Math.round(model.bytes / MEGABYTE)) })}
          </>
        }
        actions={
          can(viewer.role, 'model:download') ? (
            <LinkButton
              href={`/api/models/${model.id}/adapter`}
              prefetch={false}
              icon={<Download aria-hidden="true" />}
            >
              {t('download')}
            </LinkButton>
          ) : null
        }
      />
      {erased > 0 ? <Callout kind="warning">{marks('model', { count: erased })}</Callout> : null}
      <ModelUse
        workspace={workspace}
        model={{ id: model.id, name: model.name }}
        uses={uses}
        current={current}
        standing={regression.comparison.standing}
        canDecide={can(viewer.role, 'model:use')}
      />
      <ModelProofs
        workspace={workspace}
        modelId={model.id}
        releaseId={releaseId}
        proofs={proofs}
        power={power}
        voters={voters}
        canBegin={can(viewer.role, 'proof:create')}
        mayVote={openVotes.length > 0}
      />
      <RegressionSection
        workspace={workspace}
        modelId={model.id}
        result={regression}
        canAsk={can(viewer.role, 'regression:manage')}
      />
      <CurveSection
        workspace={workspace}
        modelId={model.id}
        curve={curve}
        canBegin={can(viewer.role, 'run:create')}
      />
      <HeldOutLoss evaluation={evaluation} />
      <HouseStyle evaluation={evaluation} rules={rules} version={run.release.brief.version} />
      <AskedAgain
        workspace={workspace}
        modelId={model.id}
        counts={askedAgain}
        mayVote={openVotes.length > 0}
      />
      <HeldOutAnswers
        workspace={workspace}
        modelId={model.id}
        evaluation={evaluation}
        mayVote={openVotes.length > 0}
        lastVotes={needsViewer}
      />
      <MarkedList workspace={workspace} modelId={model.id} {...marked} />
      <Playground workspace={workspace} modelId={model.id} />
    </PageBody>
  );
}
