import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { ExampleAnswers } from '@/components/proofs/example-answers';
import { LabelsGate } from '@/components/proofs/labels-gate';
import { LinkButton } from '@/components/ui/button';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { MarkAnswer } from '@/components/wrong-answers/mark-answer';
import { forPage, pageViewer } from '@/lib/page';
import { getProof } from '@/lib/proofs/proof-queries';
import { getProofExample } from '@/lib/proofs/result-queries';
import { findVoteReach } from '@/lib/proofs/voter-queries';
import type { Viewer } from '@/lib/session';
import { findMarkState } from '@/lib/wrong-answers/wrong-answer-queries';
import type { SeenAnswer } from '@/lib/wrong-answers/wrong-answer-schema';

type Props = { params: Promise<{ workspace: string; proofId: string; position: string }> };

const positionSchema = z.coerce.number().int().positive().max(10_000);

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('proofs');
  return { title: t('title') };
}

export default async function ProofExamplePage({ params }: Props) {
  const { workspace, proofId, position: raw } = await params;
  const number = positionSchema.safeParse(raw);
  if (!z.uuid().safeParse(proofId).success || !number.success) notFound();
  const viewer = await pageViewer(workspace);
  const proof = await forPage(getProof(viewer, proofId));
  if (proof.state !== 'open' && proof.state !== 'closed') notFound();
  const { needsViewer } = await findVoteReach(viewer, proof.openVoteIds);
  const t = await getTranslations('proofs');
  const base = `/w/${workspace}/proofs/${proofId}`;
  return (
    <PageBody>
      <PageHeader
        title={t('example.title', { number: number.data })}
        actions={<LinkButton href={base}>{t('example.back')}</LinkButton>}
      />
      {proof.hasLooked ? (
        <Answers
          viewer={viewer}
          workspace={workspace}
          proof={{ id: proofId, modelId: proof.model.id }}
          position={number.data - 1}
        />
      ) : (
        <LabelsGate workspace={workspace} proof={proof} lastVotes={needsViewer} />
      )}
    </PageBody>
  );
}

async function Answers(props: {
  viewer: Viewer;
  workspace: string;
  proof: { id: string; modelId: string };
  position: number;
}) {
  const { viewer, workspace, proof, position } = props;
  const example = await forPage(getProofExample(viewer, { proofId: proof.id, position }));
  const { exampleId } = example.row;
  const answer: SeenAnswer = { modelId: proof.modelId, exampleId, proofId: proof.id };
  const { canBeMarked, isMarked } = await findMarkState(viewer, answer);
  return (
    <ExampleAnswers
      base={`/w/${workspace}/proofs/${proof.id}`}
      example={example}
      onTuned={
        canBeMarked ? (
          <MarkAnswer
            key={answer.exampleId}
            workspace={workspace}
            answer={answer}
            isMarked={isMarked}
          />
        ) : null
      }
    />
  );
}
