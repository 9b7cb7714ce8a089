import { parseArgs } from 'node:util';
import { exportChain } from '@/lib/audit/audit-export';
import { db, disconnect } from '@/lib/db';

/** npm run record [-- --workspace SLUG]: entries as JSON lines, of the installation or a workspace. */
const { values } = parseArgs({ options: { workspace: { type: 'string' } } });

async function findWorkspace(slug: string): Promise<string | null> {
  const workspace = await db.workspace.findUnique({ where: { slug }, select: { id: true } });
  return workspace?.id ?? null;
}

try {
  const workspaceId = values.workspace ? await findWorkspace(values.workspace) : null;
  if (values.workspace && !workspaceId) {
    console.error(`There is no workspace ${values.workspace}.`);
    process.exitCode = 1;
  } else {
    for await (const line of exportChain(workspaceId)) process.stdout.write(line);
  }
} finally {
  await disconnect();
}
