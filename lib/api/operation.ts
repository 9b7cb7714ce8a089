import 'server-only';
import type { z } from 'zod';
import type { Viewer } from '@/lib/session';
import type { TokenScope } from '@/lib/tokens/token-schema';
import type texts from '@/messages/en/api.json';

export type OperationId = keyof typeof texts.operations;
export type OperationGroup = keyof typeof texts.groups;

/** The request itself, for the operations whose input or answer is a stream. */
export type Call = {
  request: Request;
  /** The caller's key for this POST, unlike any other caller's; '' for other methods. */
  key: string;
  /** The same for every attempt of one POST, and of no other: an id for the row that it makes. */
  requestId: string;
  /** The body of an operation that takes a file. */
  file: AsyncIterable<Uint8Array> | null;
  /** The viewer with the rights of now. Throws once the token no longer allows the operation. */
  watch: () => Promise<Viewer>;
};
type Input<P, Q, B> = { viewer: Viewer; params: P; query: Q; body: B; call: Call };

/** One operation over HTTP: routing, checking and the description in OpenAPI are read from this. */
export type Operation = {
  /** Names its line of messages/en/api.json, which says what it does. */
  id: OperationId;
  method: 'GET' | 'POST' | 'PUT';
  /** As OpenAPI writes it: /api/v1/datasets/{datasetId}. */
  path: `/api/v1/${string}`;
  group: OperationGroup;
  scope: TokenScope;
  /** Strict objects; `body` only where the method has one. */
  input: { params?: z.ZodType; query?: z.ZodType; body?: z.ZodType };
  /**
   * What leaves the server: whatever is not in here does not. Of a POST it is kept for a day, so it
   * holds no text of people, which an erasure would have to look for.
   */
  output: z.ZodType;
  /** The body is a file, read as it comes; its name stands percent-encoded in X-File-Name. */
  takesFile?: true;
  /**
   * Of a POST: what its repeat does when an earlier attempt was cut off and nobody knows what it
   * changed. 'again': the rows themselves tell a repeat, so that it is carried out once more.
   * Otherwise the operation that shows whether it was.
   */
  repeat?: 'again' | { look: OperationId };
  /** Content type of an answer that is no JSON: `run` then gives the Response. Never of a POST. */
  streams?: 'application/jsonl' | 'text/event-stream';
  /** It answers with a stored file: by its ETag, and in ranges. */
  isFile?: true;
  status: 200 | 201 | 202;
  examples: { body?: unknown; output: unknown };
  run: (input: Input<never, never, never>) => Promise<unknown>;
};

/** What of a result leaves the server: dates as text, as on their way out, and only what `output` names. */
export const toOutput = <S extends z.ZodType>(output: S, result: unknown): z.infer<S> =>
  output.parse(JSON.parse(JSON.stringify(result)));

/** Checks the types of an operation's parts against each other. */
export function defineOperation<
  P extends z.ZodType = z.ZodType<undefined>,
  Q extends z.ZodType = z.ZodType<undefined>,
  B extends z.ZodType = z.ZodType<undefined>,
>(
  operation: Omit<Operation, 'input' | 'run' | 'status'> & {
    status?: Operation['status'];
    input: { params?: P; query?: Q; body?: B };
    handler: (input: Input<z.infer<P>, z.infer<Q>, z.infer<B>>) => Promise<unknown>;
  },
): Operation {
  const { handler, status = 200, ...rest } = operation;
  return { ...rest, status, run: handler };
}
