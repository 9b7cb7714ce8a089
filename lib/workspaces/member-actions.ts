'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { authedAction } from '@/lib/action';
import { env } from '@/lib/env';
import {
  changeRole,
  createResetLink,
  disableAccount,
  enableAccount,
  leaveWorkspace,
  removeMember,
} from './member-mutations';
import { memberSchema, roleChangeSchema } from './workspace-schema';

export const changeRoleAction = authedAction(roleChangeSchema, async ({ viewer, input }) => {
  await changeRole(viewer, input);
  refresh();
  return {};
});

export const removeMemberAction = authedAction(memberSchema, async ({ viewer, input }) => {
  await removeMember(viewer, input.userId);
  refresh();
  return {};
});

export const leaveWorkspaceAction = authedAction(z.looseObject({}), async ({ viewer }) => {
  await leaveWorkspace(viewer);
  return { path: '/' };
});

export const disableAccountAction = authedAction(memberSchema, async ({ viewer, input }) => {
  await disableAccount(viewer, input.userId);
  refresh();
  return {};
});

export const enableAccountAction = authedAction(memberSchema, async ({ viewer, input }) => {
  await enableAccount(viewer, input.userId);
  refresh();
  return {};
});

export const createResetLinkAction = authedAction(memberSchema, async ({ viewer, input }) => {
  const { token, expiresAt } = await createResetLink(viewer, input.userId);
  return { link: new URL(`/reset/${token}`, env().APP_URL).href, expiresAt };
});
