import { parseArgs } from 'node:util';
import { needsFirstAdmin } from '@/lib/accounts/account-queries';
import { createTerminalLink, TerminalLinkFault } from '@/lib/accounts/terminal-link';
import { disconnect } from '@/lib/db';

/**
 * npm run admin-link [-- --email ADDRESS]: a link that signs in an admin, or makes the first one.
 * `--if-no-users` prints the bare link while nobody has an account, and nothing after that.
 */
const { values } = parseArgs({
  options: { email: { type: 'string' }, 'if-no-users': { type: 'boolean', default: false } },
});

try {
  if (!values['if-no-users']) {
    const { url, minutes } = await createTerminalLink(values.email);
    console.log(`This link can be used once, within ${minutes} minutes:\n${url}`);
  } else if (await needsFirstAdmin()) {
    console.log((await createTerminalLink()).url);
  }
} catch (error) {
  if (!(error instanceof TerminalLinkFault)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await disconnect();
}
