// Begins a proof in the database of a running installation and answers it with texts that are made
// up. Plan, order, sides and what is kept of the answers are the app's own. Prints the proof's id.
import { z } from 'zod';
import { disconnect } from '@/lib/db';
import { stopQueue } from '@/lib/queue';
import { withTrainingPlace } from '@/lib/training/training-lock';
import { viewerFor } from '@/tests/factories';
import { createOpenProof } from '@/tests/factories-proofs';

const input = z
  .object({
    workspaceId: z.uuid(),
    writer: z.uuid(),
    reviewer: z.uuid(),
    admin: z.uuid(),
    datasetId: z.uuid(),
    briefId: z.uuid(),
    releaseId: z.uuid(),
    modelId: z.uuid(),
    answer: z.string(),
    votesPerPrompt: z.int(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const workspace = { id: input.workspaceId, slug: '', name: '' };
const person = (id: string) => viewerFor({ id }, workspace);
try {
  const team = {
    workspace,
    writer: await person(input.writer),
    reviewer: await person(input.reviewer),
    admin: await person(input.admin),
  };
  const { votesPerPrompt } = input;
  // In the one place for models: the worker waits for it, and then finds the proof answered.
  const proofId = await withTrainingPlace(
    async () => false,
    () =>
      createOpenProof(
        team,
        input,
        { votesPerPrompt },
        (arm, index) => `${arm} ${index} ${input.answer}`,
      ),
  );
  console.log(JSON.stringify(proofId));
} finally {
  await stopQueue(0);
  await disconnect();
}
