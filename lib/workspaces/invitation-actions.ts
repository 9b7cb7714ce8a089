'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { tokenSchema } from '@/lib/accounts/account-schema';
import { beginSession, requestCaller } from '@/lib/accounts/session-writer';
import { countTry, forgetTries } from '@/lib/accounts/sign-in-limit';
import { authedAction, publicAction, signedInAction } from '@/lib/action';
import { env } from '@/lib/env';
import {
  acceptAsSelf,
  acceptWithNewAccount,
  createInvitation,
  revokeInvitation,
} from './invitation-mutations';
import {
  invitationAcceptSchema,
  invitationCreateSchema,
  invitationIdSchema,
} from './workspace-schema';

export const createInvitationAction = authedAction(
  invitationCreateSchema,
  async ({ viewer, input }) => {
    const { token, expiresAt } = await createInvitation(viewer, input);
    refresh();
    return { email: input.email, link: new URL(`/invite/${token}`, env().APP_URL).href, expiresAt };
  },
);

export const revokeInvitationAction = authedAction(
  invitationIdSchema,
  async ({ viewer, input }) => {
    await revokeInvitation(viewer, input.invitationId);
    refresh();
    return {};
  },
);

export const acceptInvitationAction = publicAction(invitationAcceptSchema, async ({ input }) => {
  const caller = await requestCaller();
  await countTry({ address: caller.address });
  const { sessionId, workspaceSlug } = await acceptWithNewAccount(input, caller.userAgent);
  await forgetTries({ address: caller.address });
  await beginSession(sessionId);
  return { path: `/w/${workspaceSlug}` };
});

export const joinWorkspaceAction = signedInAction(
  z.object({ token: tokenSchema }),
  async ({ signedIn, input }) => {
    const { workspaceSlug } = await acceptAsSelf(signedIn, input.token);
    return { path: `/w/${workspaceSlug}` };
  },
);
