import { SimpleFrame } from '@/components/frame/simple-frame';
import { forPage } from '@/lib/page';
import { requireSignedIn } from '@/lib/session';
import { findOwnWorkspaces } from '@/lib/workspaces/workspace-queries';
import { WorkspaceFrame } from '../workspace-frame';

/** The account stands in the frame of the person's first workspace; without one it stands alone. */
export default async function AccountLayout({ children }: { children: React.ReactNode }) {
  const signedIn = await forPage(requireSignedIn());
  const [workspace] = await findOwnWorkspaces(signedIn);
  if (!workspace) return <SimpleFrame>{children}</SimpleFrame>;
  return <WorkspaceFrame slug={workspace.slug}>{children}</WorkspaceFrame>;
}
