// Makes the scene in the database of a running installation and prints where it stands as JSON.
// `--capitals` writes every text in capitals.
import { parseArgs } from 'node:util';
import { disconnect } from '@/lib/db';
import { stopQueue } from '@/lib/queue';
import { sampleBrief } from '@/prisma/seed/shop';
import { makeScene } from './scene';
import { inCapitals, plainly, slotInCapitals } from './texts';

const { values } = parseArgs({ options: { capitals: { type: 'boolean', default: false } } });
try {
  const scene = values.capitals
    ? await makeScene(inCapitals, [slotInCapitals])
    : await makeScene(plainly, sampleBrief.slots);
  console.log(JSON.stringify(scene));
} finally {
  await stopQueue(0);
  await disconnect();
}
