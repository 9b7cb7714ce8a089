import { parseArgs } from 'node:util';
import { disconnect } from '@/lib/db';
import { stopQueue } from '@/lib/queue';
import { isScenario, scenarios } from '@/prisma/seed/scenarios';
import { seedSample } from '@/prisma/seed/seed-sample';

/**
 * npm run seed: makes the sample workspace, a shop with examples in every state.
 * --if-empty: only where nobody has an account yet and nobody removed the sample.
 * --scenario NAME: another known state; see prisma/seed/scenarios.ts.
 */
const { values } = parseArgs({
  options: {
    'if-empty': { type: 'boolean', default: false },
    scenario: { type: 'string', default: 'sample' },
  },
});

/** What there is to say, or nothing. */
async function seed(): Promise<string | null> {
  if (values['if-empty']) {
    return (await seedSample({ onlyIfEmpty: true })) ? 'The sample workspace is ready.' : null;
  }
  if (isScenario(values.scenario)) return scenarios[values.scenario]();
  process.exitCode = 2;
  return `There is no scenario “${values.scenario}”. Choose ${Object.keys(scenarios).join(' or ')}.`;
}

try {
  const said = await seed();
  if (said) console.log(said);
} finally {
  await stopQueue(0);
  await disconnect();
}
