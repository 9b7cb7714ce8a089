import { WorkspaceFrame } from '@/app/workspace-frame';

type Props = { children: React.ReactNode; params: Promise<{ workspace: string }> };

export default async function WorkspaceLayout({ children, params }: Props) {
  return <WorkspaceFrame slug={(await params).workspace}>{children}</WorkspaceFrame>;
}
