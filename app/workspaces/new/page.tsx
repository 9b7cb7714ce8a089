import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { AuthCard } from '@/components/accounts/auth-card';
import { SimpleFrame } from '@/components/frame/simple-frame';
import { NewWorkspaceForm } from '@/components/workspaces/new-workspace-form';
import { forPage } from '@/lib/page';
import { requireSignedIn } from '@/lib/session';
import { canCreateWorkspace } from '@/lib/workspaces/workspace-queries';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('workspaces'))('new.pageTitle') };
}

export default async function NewWorkspacePage() {
  const signedIn = await forPage(requireSignedIn());
  if (!(await canCreateWorkspace(signedIn))) notFound();
  const t = await getTranslations('workspaces.new');
  return (
    <SimpleFrame>
      <AuthCard title={t('title')} description={t('text')}>
        <NewWorkspaceForm />
      </AuthCard>
    </SimpleFrame>
  );
}
