import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { ErasedNote } from '@/components/proofs/erased-note';
import { LabelsGate } from '@/components/proofs/labels-gate';
import { PrintButton } from '@/components/proofs/print-button';
import { ReportFacts } from '@/components/proofs/report-facts';
import { VerdictPart } from '@/components/proofs/verdict-part';
import { Voters } from '@/components/proofs/voters';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { forPage, pageViewer } from '@/lib/page';
import { getProof } from '@/lib/proofs/proof-queries';
import { getResult } from '@/lib/proofs/result-queries';
import { findVoteReach } from '@/lib/proofs/voter-queries';

type Props = { params: Promise<{ workspace: string; proofId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('proofs');
  return { title: t('report.title') };
}

export default async function ProofReportPage({ params }: Props) {
  const { workspace, proofId } = await params;
  if (!z.uuid().safeParse(proofId).success) notFound();
  const viewer = await pageViewer(workspace);
  const proof = await forPage(getProof(viewer, proofId));
  const { opponent } = proof;
  if (!proof.answeredAt || !opponent || opponent === 'tuned') notFound();
  const result = proof.isVoter ? null : await forPage(getResult(viewer, proofId));
  const { needsViewer } = await findVoteReach(viewer, proof.openVoteIds);
  const t = await getTranslations('proofs');
  return (
    <PageBody>
      <PageHeader
        title={t('report.title')}
        description={t('report.description')}
        actions={
          <div data-print="hide" className="flex flex-wrap gap-2">
            <PrintButton />
            {proof.state === 'closed' ? (
              <LinkButton
                variant="primary"
                prefetch={false}
                href={`/api/proofs/${proof.id}/report`}
                icon={<Download aria-hidden="true" />}
              >
                {t('report.download')}
              </LinkButton>
            ) : null}
          </div>
        }
      />
      {proof.state === 'closed' ? null : <Callout>{t('report.open')}</Callout>}
      {result ? (
        <>
          <ErasedNote count={result.erased} />
          {result.parts.map((part) => (
            <VerdictPart
              key={part.part}
              base={`/w/${workspace}/proofs/${proof.id}`}
              part={part}
              plan={proof.plan}
              opponent={opponent}
            />
          ))}
          <Voters result={result} />
        </>
      ) : (
        <LabelsGate workspace={workspace} proof={proof} lastVotes={needsViewer} />
      )}
      <ReportFacts proof={proof} />
    </PageBody>
  );
}
