import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { BeginProof } from '@/components/proofs/begin-proof';
import { CloseProof } from '@/components/proofs/close-proof';
import { ProofProgress } from '@/components/proofs/proof-progress';
import { ProofResult } from '@/components/proofs/proof-result';
import { proofTone } from '@/components/proofs/proof-tone';
import { RunningVote } from '@/components/proofs/running-vote';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { StatusDot } from '@/components/ui/status-dot';
import { forPage, pageViewer } from '@/lib/page';
import { can } from '@/lib/permissions';
import { findLedger } from '@/lib/proofs/ledger-queries';
import { getProof, type ProofView } from '@/lib/proofs/proof-queries';
import { getResult, getVoteProgress } from '@/lib/proofs/result-queries';
import { findVoteReach } from '@/lib/proofs/voter-queries';
import type { Viewer } from '@/lib/session';

type Props = { params: Promise<{ workspace: string; proofId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('proofs');
  return { title: t('title') };
}

export default async function ProofPage({ params }: Props) {
  const { workspace, proofId } = await params;
  if (!z.uuid().safeParse(proofId).success) notFound();
  const viewer = await pageViewer(workspace);
  const proof = await forPage(getProof(viewer, proofId));
  const t = await getTranslations('proofs');
  const { run } = proof.model;
  const mayCreate = can(viewer.role, 'proof:create');
  return (
    <PageBody>
      <PageHeader
        title={t('of', { model: proof.model.name })}
        status={<StatusDot tone={proofTone[proof.state]}>{t(`state.${proof.state}`)}</StatusDot>}
        description={
          <>
            <Link
              className="text-accent-ink underline underline-offset-2"
              href={`/w/${workspace}/models/${proof.model.id}`}
            >
              {proof.model.name}
            </Link>
            {` · ${run.release.dataset.name} · ${t(`measure.${proof.plan.measure}`)}`}
          </>
        }
        actions={
          <>
            {proof.state === 'open' || proof.state === 'closed' ? (
              <LinkButton href={`/w/${workspace}/proofs/${proof.id}/report`} prefetch={false}>
                {t('report.link')}
              </LinkButton>
            ) : null}
            {proof.state === 'open' && mayCreate ? (
              <CloseProof workspace={workspace} proofId={proof.id} />
            ) : null}
            {proof.isVoter ? (
              <LinkButton variant="primary" href={`/w/${workspace}/proofs/${proof.id}/vote`}>
                {t('vote.button')}
              </LinkButton>
            ) : null}
          </>
        }
      />
      <ProofBody workspace={workspace} viewer={viewer} proof={proof} mayCreate={mayCreate} />
    </PageBody>
  );
}

type BodyProps = { workspace: string; viewer: Viewer; proof: ProofView; mayCreate: boolean };

async function ProofBody({ workspace, viewer, proof, mayCreate }: BodyProps) {
  const tAll = await getTranslations();
  const t = await getTranslations('proofs');
  if (proof.state === 'answering')
    return proof.job ? (
      <ProofProgress
        workspace={workspace}
        job={JSON.parse(JSON.stringify(proof.job))}
        canCancel={mayCreate}
      />
    ) : null;
  if (proof.state === 'failed' || proof.state === 'cancelled')
    return (
      <Callout
        kind={proof.state === 'failed' ? 'blocker' : 'info'}
        title={t(`failed.${proof.state}`)}
        action={
          mayCreate ? (
            <BeginProof
              workspace={workspace}
              modelId={proof.model.id}
              planId={proof.plan.id}
              label="again"
            />
          ) : null
        }
      >
        {proof.job?.errorCode
          ? `${tAll(proof.job.errorCode as never, (proof.job.errorValues ?? {}) as never)} `
          : null}
        {t('failed.text')}
      </Callout>
    );
  if (!proof.opponent || proof.opponent === 'tuned') return null;
  const [ledger, { stuck }, { needsViewer: lastVotes }] = await forPage(
    Promise.all([
      findLedger(viewer, proof.model.run.release.dataset.id),
      findVoteReach(viewer, [proof.id]),
      findVoteReach(viewer, proof.openVoteIds),
    ]),
  );
  const shared = { workspace, proof, stuck, lastVotes, ledger };
  if (proof.isVoter)
    return <RunningVote {...shared} progress={await forPage(getVoteProgress(viewer, proof.id))} />;
  const result = await forPage(getResult(viewer, proof.id));
  return <ProofResult {...shared} opponent={proof.opponent} result={result} />;
}
