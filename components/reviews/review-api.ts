import type { MyDecision } from '@/lib/reviews/queue-queries';
import type { Desk } from '@/lib/reviews/review-desk';
import type { DecisionResult } from '@/lib/reviews/review-mutations';
import type { ReviewItem } from '@/lib/reviews/review-queries';
import type { DecisionInput, QueueRequest } from '@/lib/reviews/review-schema';

/** Why a request came to nothing, in words for the person where the server had some. */
export class ReviewProblem extends Error {
  constructor(
    readonly code: string,
    readonly detail: string | null,
    /** A conflict brings the example as it is now, or null where it is gone. */
    readonly item: ReviewItem | null,
  ) {
    super(code);
    this.name = 'ReviewProblem';
  }
}

export type ReviewApi = ReturnType<typeof createReviewApi>;

/** The requests of the review page. All reject with a ReviewProblem. */
export function createReviewApi(workspace: string, datasetId: string) {
  const base = `/api/w/${encodeURIComponent(workspace)}/datasets/${datasetId}/review`;
  return {
    take: (request: Partial<QueueRequest>, signal?: AbortSignal) =>
      send<Desk>(`${base}/queue`, request, { signal: signal ?? null }),
    /** Outlives the page: whoever decides and closes it in one movement has decided. */
    decide: (decision: DecisionInput, next: Partial<QueueRequest> | null) => {
      const post = (keepalive: boolean) =>
        send<{ result: DecisionResult; desk: Desk | null }>(
          `${base}/decisions`,
          { decision, next },
          { keepalive },
        );
      // Browsers refuse more than 64 KiB of such requests at a time, and say so as if offline.
      // The decision's id makes the second one safe.
      return post(true).catch((error: ReviewProblem) => {
        if (error.code === 'OFFLINE') return post(false);
        throw error;
      });
    },
    renew: (exampleIds: string[]) =>
      send<{ held: string[] }>(`${base}/claims`, { action: 'renew', exampleIds }),
    /** Outlives the page, so that leaving it gives the leases back. */
    release: (exampleIds: string[]) =>
      send<{ held: string[] }>(
        `${base}/claims`,
        { action: 'release', exampleIds },
        { keepalive: true },
      ),
    myDecisions: () => send<{ decisions: MyDecision[] }>(`${base}/decisions`),
  };
}

async function send<T>(url: string, body?: unknown, init: RequestInit = {}): Promise<T> {
  const post: RequestInit =
    body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        };
  const response = await fetch(url, { ...post, ...init }).catch(() => {
    throw new ReviewProblem(init.signal?.aborted ? 'ABORTED' : 'OFFLINE', null, null);
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && answer) return answer as T;
  const problem = (answer ?? {}) as {
    code?: string;
    detail?: string;
    data?: { item?: ReviewItem };
  };
  throw new ReviewProblem(
    problem.code ?? 'UNEXPECTED',
    problem.detail ?? null,
    problem.data?.item ?? null,
  );
}
