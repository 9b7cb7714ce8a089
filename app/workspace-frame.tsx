import { SampleBanner } from '@/components/accounts/sample-banner';
import { AppFrame } from '@/components/frame/app-frame';
import { WORKSPACE_PAGES } from '@/components/frame/frame-links';
import { signOutAction } from '@/lib/accounts/account-actions';
import { findDatasets } from '@/lib/datasets/dataset-queries';
import { pageViewer } from '@/lib/page';
import { can } from '@/lib/permissions';
import { requireSignedIn } from '@/lib/session';
import { findOwnWorkspaces, getWorkspace } from '@/lib/workspaces/workspace-queries';

type Props = { slug: string; children: React.ReactNode };

/** The frame with everything it shows of one workspace; strangers see that it does not exist. */
export async function WorkspaceFrame({ slug, children }: Props) {
  const viewer = await pageViewer(slug);
  const signedIn = await requireSignedIn();
  const [workspace, workspaces, datasets] = await Promise.all([
    getWorkspace(viewer),
    findOwnWorkspaces(signedIn),
    findDatasets(viewer),
  ]);
  return (
    <AppFrame
      workspaces={workspaces.map(({ slug, name, role }) => ({ slug, name, role }))}
      current={{ slug: workspace.slug, name: workspace.name, role: viewer.role }}
      datasets={datasets.map(({ id, name, examples, inReview }) => ({
        id,
        name,
        counts: { examples, inReview },
      }))}
      nav={WORKSPACE_PAGES.filter((page) => page !== 'record' || can(viewer.role, 'record:read'))}
      newDatasetHref={can(viewer.role, 'dataset:create') ? `/w/${slug}/datasets/new` : undefined}
      user={{ id: signedIn.userId, name: signedIn.name, email: signedIn.email }}
      signOut={signOutAction}
      banner={signedIn.sampleWorkspaceId ? <SampleBanner role={viewer.role} /> : undefined}
    >
      {children}
    </AppFrame>
  );
}
