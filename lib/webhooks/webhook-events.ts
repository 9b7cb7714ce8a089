/** What a webhook can be told, in the order in which it happens. */
export const webhookEvents = [
  'example.approved',
  'release.frozen',
  'run.finished',
  'run.failed',
  'run.cancelled',
  'proof.decided',
] as const;
export type WebhookEventType = (typeof webhookEvents)[number];

/** Sent on request to try a webhook; nobody subscribes to it. */
export const TEST_EVENT = 'webhook.test';

/**
 * What each event tells: ids, numbers and enum values. Texts of prompts and replies, names and
 * addresses are no part of it; whoever may read them asks for them by id.
 */
export type WebhookFacts =
  | {
      type: 'example.approved';
      data: {
        datasetId: string;
        exampleId: string;
        number: number;
        revisionId: string;
        reviewId: string;
        approvedById: string;
      };
    }
  | {
      type: 'release.frozen';
      data: { datasetId: string; releaseId: string; number: number; files: number };
    }
  | {
      type: 'run.finished';
      data: { runId: string; number: number; releaseId: string; modelId: string };
    }
  | {
      type: 'run.failed';
      data: { runId: string; number: number; releaseId: string; code: string };
    }
  | {
      type: 'run.cancelled';
      data: { runId: string; number: number; releaseId: string };
    }
  | {
      type: 'proof.decided';
      data: {
        proofId: string;
        modelId: string;
        releaseId: string;
        /** Whose wins were counted: `tuned`, unless the plan compares two others. */
        candidate: string;
        verdicts: { part: 'fresh' | 'known'; verdict: string }[];
      };
    }
  | { type: typeof TEST_EVENT; data: { webhookId: string } };

/** What came of a request; each has its sentence in messages/en/webhooks.json. */
export const deliveryOutcomes = [
  'delivered',
  'answered',
  'redirected',
  'gone',
  'timeout',
  'refused',
  'unknown_host',
  'unreachable',
  'tls',
  'broken',
] as const;
export type DeliveryOutcome = (typeof deliveryOutcomes)[number];
