import { parseArgs } from 'node:util';
import { disconnect } from '@/lib/db';
import { stopQueue } from '@/lib/queue';
import { seedSample } from '@/prisma/seed/seed-sample';

/** npm run seed [-- --if-empty]: makes the sample workspace, a shop with examples in every state. */
const { values } = parseArgs({ options: { 'if-empty': { type: 'boolean', default: false } } });

try {
  const made = await seedSample({ onlyIfEmpty: values['if-empty'] });
  if (made) console.log('The sample workspace is ready.');
} finally {
  await stopQueue(0);
  await disconnect();
}
