import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { VoteDesk } from '@/components/proofs/vote-desk';
import { forPage, pageViewer } from '@/lib/page';
import { getVote } from '@/lib/proofs/proof-queries';

type Props = { params: Promise<{ workspace: string; proofId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('proofs');
  return { title: t('vote.title') };
}

export default async function VotePage({ params }: Props) {
  const { workspace, proofId } = await params;
  if (!z.uuid().safeParse(proofId).success) notFound();
  const viewer = await pageViewer(workspace);
  const { task, guidelines } = await forPage(getVote(viewer, proofId));
  return <VoteDesk workspace={workspace} proofId={proofId} task={task} guidelines={guidelines} />;
}
