import 'server-only';
import { z } from 'zod';
import { env } from '@/lib/env';
import { defineWorkspaceJob } from '@/lib/jobs';
import {
  failDelivery,
  findDue,
  settleAttempt,
  skipDelivery,
} from '@/lib/webhooks/delivery-mutations';
import { sendMessage } from '@/lib/webhooks/send';
import { signedHeaders } from '@/lib/webhooks/signature';
import { secretsAt } from '@/lib/webhooks/webhook-mutations';

/**
 * Makes one attempt to deliver one event. A worker that dies between the request and its log makes
 * the attempt again: at least once, under one id.
 */
export const webhookDeliverJob = defineWorkspaceJob({
  kind: 'webhook.deliver',
  input: z.object({ attempt: z.int() }),
  async run({ subjectId, input, begun, signal }) {
    const due = await findDue(subjectId, input.attempt);
    if (!due) return undefined;
    if (due.webhook.off) {
      await skipDelivery(due.id, input.attempt);
      return undefined;
    }
    const { event, webhook } = due;
    const at = new Date();
    const message = { id: event.id, body: event.body, at };
    const sent = await sendMessage({
      url: webhook.url,
      headers: signedHeaders(message, secretsAt(webhook, at)),
      body: event.body,
      allowed: env().WEBHOOK_ALLOWED_ORIGINS,
      signal,
    });
    await settleAttempt(begun, due, sent);
    return undefined;
  },
  onEnd: ({ subjectId }) => failDelivery(subjectId),
});
