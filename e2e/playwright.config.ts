import { defineConfig } from '@playwright/test';
import { findChromium } from '../bin/test/chromium.mjs';
import { isLong } from '../tests/form';

// Chosen before the start and inherited by every worker, so that all of them know the address.
process.env.E2E_PORT ??= '3999';
const executablePath = findChromium();

/** The app needs seconds for what one person does; more than one worker needs more than two cores. */
export default defineConfig({
  testDir: '.',
  // Minutes that only the long form has: proofs that train and let four arms answer, on the sample, on
  // real mails and receipts, hostile texts on every page, a fuzzer at the operations for programs.
  testIgnore: isLong
    ? []
    : ['proof', 'proofs-on-data', 'security-texts', 'programs'].map((name) => `${name}.spec.ts`),
  outputDir: '../test-results/journeys',
  globalSetup: './global-setup.ts',
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: process.env.CI === 'true',
  // Bounds of waiting only: a journey that is right ends long before, on a busy machine too.
  timeout: isLong ? 30 * 60_000 : 300_000,
  expect: { timeout: 30_000 },
  reporter: 'line',
  use: {
    // A control that is not there is a failure, not a reason to wait for the whole test.
    actionTimeout: 60_000,
    navigationTimeout: 120_000,
    baseURL: `http://localhost:${process.env.E2E_PORT}`,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
