'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { publicAction, signedInAction } from '@/lib/action';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { roles } from '@/lib/permissions';
import { changePassword, renameSelf } from './account-mutations';
import {
  nameSchema,
  passwordChangeSchema,
  resetSchema,
  signInSchema,
  tokenSchema,
} from './account-schema';
import { resetPassword, signInWithLink } from './link-mutations';
import { requestCanStepIn } from './peer-address';
import { safePath } from './redirect-rules';
import { revokeOtherSessions, revokeOwnSession } from './session-mutations';
import { beginSession, endSession, requestCaller } from './session-writer';
import { countTry, forgetTries } from './sign-in-limit';
import { signInWithPassword, stepIn } from './sign-in-mutations';

export const signInAction = publicAction(
  signInSchema.extend({ next: z.string().max(4_000).optional() }),
  async ({ input }) => {
    const { sessionId, userId } = await signInWithPassword(input, await requestCaller());
    await beginSession(sessionId);
    return { path: safePath(input.next, new URL(env().APP_URL).origin), userId };
  },
);

const endSessionAction = publicAction(z.object({}), async () => {
  await endSession();
});

/** For forms: ends the session and leads to the sign-in. */
export async function signOutAction(): Promise<void> {
  await endSessionAction({});
  redirect('/sign-in');
}

export const signInWithLinkAction = publicAction(
  z.object({ token: tokenSchema }),
  async ({ input }) => {
    const caller = await requestCaller();
    await countTry({ address: caller.address });
    const { sessionId } = await signInWithLink(input.token, caller.userAgent);
    await forgetTries({ address: caller.address });
    await beginSession(sessionId);
    return { path: '/' };
  },
);

export const resetPasswordAction = publicAction(resetSchema, async ({ input }) => {
  const caller = await requestCaller();
  await countTry({ address: caller.address });
  const { sessionId } = await resetPassword(input, caller.userAgent);
  await forgetTries({ address: caller.address });
  await beginSession(sessionId);
  return { path: '/' };
});

export const stepInAction = publicAction(z.object({ role: z.enum(roles) }), async ({ input }) => {
  if (!(await requestCanStepIn()))
    throw new AppError('FORBIDDEN', 'accounts.errors.stepInElsewhere');
  const { sessionId, workspaceSlug } = await stepIn(input.role, await requestCaller());
  await beginSession(sessionId);
  return { path: `/w/${workspaceSlug}` };
});

export const changePasswordAction = signedInAction(
  passwordChangeSchema,
  async ({ signedIn, input }) => {
    const { sessionId } = await changePassword(signedIn, input, await requestCaller());
    await beginSession(sessionId);
    refresh();
    return {};
  },
);

export const renameSelfAction = signedInAction(
  z.object({ name: nameSchema }),
  async ({ signedIn, input }) => {
    await renameSelf(signedIn, input.name);
    refresh();
    return {};
  },
);

export const revokeSessionAction = signedInAction(
  z.object({ sessionId: z.uuid() }),
  async ({ signedIn, input }) => {
    await revokeOwnSession(signedIn, input.sessionId);
    refresh();
    return {};
  },
);

export const revokeOtherSessionsAction = signedInAction(z.object({}), async ({ signedIn }) => {
  const count = await revokeOtherSessions(signedIn);
  refresh();
  return { count };
});
