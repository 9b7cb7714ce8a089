'use server';

import { refresh } from 'next/cache';
import { authedAction } from '@/lib/action';
import { createApiToken, revokeApiToken } from '@/lib/tokens/token-mutations';
import { tokenCreateSchema, tokenRevokeSchema } from '@/lib/tokens/token-schema';

export const createApiTokenAction = authedAction(tokenCreateSchema, async ({ viewer, input }) => {
  const { token } = await createApiToken(viewer, input);
  refresh();
  return { token };
});

export const revokeApiTokenAction = authedAction(tokenRevokeSchema, async ({ viewer, input }) => {
  await revokeApiToken(viewer, input.tokenId);
  refresh();
  return {};
});
