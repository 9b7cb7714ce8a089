import { setTimeout as sleep } from 'node:timers/promises';
import { test as base } from '@playwright/test';
import { sessionCookieName } from '../lib/session-cookie';
import { canary } from './canaries/register';

/** As long as a browser may take to put a finished journey's windows away, in milliseconds. */
const LONGEST_CLOSE_MS = 20_000;

/**
 * The test of all journeys. Now and then Chromium never says that it has closed the windows of a
 * journey that is over and passed; to wait for that would fail it. The next journey opens windows
 * of its own, and the browser itself is ended with the last. The sessions that its people had at
 * the end stand in no log.
 */
export const test = base.extend<{ closesInTime: undefined; sessionsAreSecret: undefined }>({
  closesInTime: [
    async ({ context }, use, testInfo) => {
      await use(undefined);
      const closed = context.close().then(() => true);
      closed.catch(() => undefined);
      if (!(await Promise.race([closed, sleep(LONGEST_CLOSE_MS, false, { ref: false })])))
        console.log(`The browser did not close the windows of “${testInfo.title}”.`);
    },
    { auto: true },
  ],
  sessionsAreSecret: [
    async ({ browser, closesInTime: _ }, use) => {
      await use(undefined);
      for (const context of browser.contexts())
        for (const { name, value } of await context.cookies())
          if (name === sessionCookieName && value) canary('the cookie of a session', value);
    },
    { auto: true },
  ],
});
