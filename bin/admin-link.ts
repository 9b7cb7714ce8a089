// Prints a link that works once: for the first admin while nobody has an account, otherwise one
// that signs an existing admin in. `npm run admin-link -- --email somebody@company.example`
import { parseArgs } from 'node:util';
import { createTerminalLink, TerminalLinkFault } from '@/lib/accounts/terminal-link';
import { disconnect } from '@/lib/db';

const { values } = parseArgs({
  options: { email: { type: 'string' }, quiet: { type: 'boolean', default: false } },
});

try {
  const { url, kind, minutes } = await createTerminalLink(values.email);
  if (values.quiet) {
    console.log(url);
  } else {
    const what =
      kind === 'first_admin'
        ? 'Make the first admin with this link'
        : 'Sign in as admin with this link';
    console.log(`${what}. It works once, for ${minutes} minutes:\n\n  ${url}\n`);
  }
} catch (error) {
  if (!(error instanceof TerminalLinkFault)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await disconnect();
}
