import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { FrameCrumb } from '@/components/frame/frame-crumbs';
import { RunLive } from '@/components/training/run-live';
import { PageBody } from '@/components/ui/page-header';
import { forPage, pageViewer } from '@/lib/page';
import { can } from '@/lib/permissions';
import { getRun } from '@/lib/training/run-queries';

type Props = { params: Promise<{ workspace: string; runId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('training');
  return { title: t('title') };
}

export default async function RunPage({ params }: Props) {
  const { workspace, runId } = await params;
  if (!z.uuid().safeParse(runId).success) notFound();
  const viewer = await pageViewer(workspace);
  const run = await forPage(getRun(viewer, runId));
  const t = await getTranslations('training');
  return (
    <PageBody>
      <FrameCrumb label={t('name', { number: run.number })} />
      <RunLive
        workspace={workspace}
        initial={JSON.parse(JSON.stringify(run))}
        canCancel={can(viewer.role, 'run:create')}
      />
    </PageBody>
  );
}
