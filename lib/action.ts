import 'server-only';
import { randomUUID } from 'node:crypto';
import { headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { assertSameOrigin } from '@/lib/http';
import { log } from '@/lib/log';
import type { Result, ResultError } from '@/lib/result';
import { requireSignedIn, requireViewer, type SignedIn, type Viewer } from '@/lib/session';

const workspaceSlug = z.string().min(1).max(64);

/** Translates a failure for the person who caused it; logs what nobody expected, with a reference. */
export async function toResultError(error: unknown): Promise<ResultError> {
  const t = await getTranslations();
  if (error instanceof AppError) {
    return {
      code: error.code,
      message: t(error.messageKey as never, error.values as never),
      fieldErrors: error.fieldErrors,
      data: error.data,
    };
  }
  const reference = randomUUID().slice(0, 8);
  log.error({ reference, err: error }, 'unexpected failure');
  return { code: 'UNEXPECTED', message: t('errors.unexpected', { reference }), reference };
}

function parse<S extends z.ZodType>(schema: S, input: unknown): z.infer<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fieldErrors: Record<string, string> = {};
  for (const issue of parsed.error.issues)
    fieldErrors[issue.path.join('.') || '_'] ??= issue.message;
  throw new AppError('INVALID', undefined, {}, { fieldErrors });
}

async function run<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    // Next lets actions without an Origin header pass; here they are refused like any other write.
    assertSameOrigin({ headers: await headers() });
    return { ok: true, data: await work() };
  } catch (error) {
    unstable_rethrow(error);
    return { ok: false, error: await toResultError(error) };
  }
}

/** An action inside a workspace: parses, finds the viewer, returns a Result. */
export function authedAction<S extends z.ZodType, T>(
  schema: S,
  handler: (context: { viewer: Viewer; input: z.infer<S> }) => Promise<T>,
) {
  return async (input: z.input<S> & { workspace: string }): Promise<Result<T>> =>
    run(async () => {
      const slug = parse(workspaceSlug, (input as { workspace?: unknown } | null)?.workspace);
      const viewer = await requireViewer(slug);
      const { workspace: _, ...rest } = input as Record<string, unknown>;
      return handler({ viewer, input: parse(schema, rest) });
    });
}

/** An action of a signed-in person outside any workspace. */
export function signedInAction<S extends z.ZodType, T>(
  schema: S,
  handler: (context: { signedIn: SignedIn; input: z.infer<S> }) => Promise<T>,
) {
  return async (input: z.input<S>): Promise<Result<T>> =>
    run(async () => handler({ signedIn: await requireSignedIn(), input: parse(schema, input) }));
}

/** An action that nobody needs to be signed in for (sign-in, invitations, reset). */
export function publicAction<S extends z.ZodType, T>(
  schema: S,
  handler: (context: { input: z.infer<S> }) => Promise<T>,
) {
  return async (input: z.input<S>): Promise<Result<T>> =>
    run(async () => handler({ input: parse(schema, input) }));
}
