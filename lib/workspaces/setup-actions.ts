'use server';

import { setupSchema } from '@/lib/accounts/account-schema';
import { beginSession, requestCaller } from '@/lib/accounts/session-writer';
import { countTry, forgetTries } from '@/lib/accounts/sign-in-limit';
import { publicAction } from '@/lib/action';
import { createFirstAdmin } from './setup-mutations';

export const createFirstAdminAction = publicAction(setupSchema, async ({ input }) => {
  const caller = await requestCaller();
  await countTry({ address: caller.address });
  const { sessionId, workspaceSlug } = await createFirstAdmin(input, caller.userAgent);
  await forgetTries({ address: caller.address });
  await beginSession(sessionId);
  return { path: `/w/${workspaceSlug}` };
});
