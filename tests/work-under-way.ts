// Leaves a running installation, whose worker does nothing for now, with a release, a run that is
// queued and a message that a webhook is owed. Prints what a test asks about.
import { sealPending } from '@/lib/audit/sealer';
import { anchorHeads } from '@/lib/audit/sealing';
import { db, disconnect } from '@/lib/db';
import { stopQueue } from '@/lib/queue';
import { approve } from '@/lib/reviews/review-mutations';
import { createRun } from '@/lib/training/run-mutations';
import { createWebhook } from '@/lib/webhooks/webhook-mutations';
import { createTeam } from '@/tests/factories-examples';
import { createProvable } from '@/tests/factories-proofs';
import { createInReview } from '@/tests/factories-reviews';
import { createQuote } from '@/tests/factories-runs';

const [url = '', baseModel = ''] = process.argv.slice(2);
try {
  const team = await createTeam('backed up');
  const { datasetId, releaseId } = await createProvable(team, { rows: 12 });
  const quote = await createQuote(team.admin, releaseId, { baseModel });
  const run = await createRun(team.admin, {
    releaseId,
    quoteId: quote.id,
    idempotencyKey: quote.id,
    acceptWithdrawn: false,
  });
  const webhook = await createWebhook(team.admin, { url, events: ['example.approved'] });
  const reply = 'It is on its way.';
  await approve(team.reviewer, await createInReview(team.writer, datasetId, { reply }));
  const delivery = await db.webhookDelivery.findFirstOrThrow({
    where: { webhookId: webhook.id },
    select: { id: true },
  });
  const files = await db.export.findFirstOrThrow({
    where: { releaseId, split: 'training' },
    select: { fileKey: true, manifestKey: true },
  });
  await anchorHeads(await sealPending());
  console.log(JSON.stringify({ runId: run.id, deliveryId: delivery.id, ...files }));
} finally {
  await stopQueue(0);
  await disconnect();
}
