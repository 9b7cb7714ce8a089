// Prints a link that works once: for the first admin while nobody has an account, otherwise one
// that signs an existing admin in. `npm run admin-link -- --email somebody@company.example`
// `--if-no-users` is for the start: the bare link of the first admin, or nothing.
import { parseArgs } from 'node:util';
import { needsFirstAdmin } from '@/lib/accounts/account-queries';
import { createTerminalLink, TerminalLinkFault } from '@/lib/accounts/terminal-link';
import { disconnect } from '@/lib/db';

const { values } = parseArgs({
  options: { email: { type: 'string' }, 'if-no-users': { type: 'boolean', default: false } },
});

async function printLink(): Promise<void> {
  if (values['if-no-users']) {
    if (await needsFirstAdmin()) console.log((await createTerminalLink()).url);
    return;
  }
  const { url, kind, minutes } = await createTerminalLink(values.email);
  const what =
    kind === 'first_admin'
      ? 'Make the first admin with this link'
      : 'Sign in as admin with this link';
  console.log(`${what}. It works once, for ${minutes} minutes:\n\n  ${url}\n`);
}

try {
  await printLink();
} catch (error) {
  if (!(error instanceof TerminalLinkFault)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await disconnect();
}
