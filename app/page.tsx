import { redirect } from 'next/navigation';
import { findSignedIn } from '@/lib/session';
import { findOwnWorkspaces } from '@/lib/workspaces/workspace-queries';

/** Leads on: to the first workspace, to making one, or to the sign-in. */
export default async function StartPage(): Promise<never> {
  const signedIn = await findSignedIn();
  if (!signedIn) redirect('/sign-in');
  const [workspace] = await findOwnWorkspaces(signedIn);
  redirect(workspace ? `/w/${workspace.slug}` : '/account');
}
