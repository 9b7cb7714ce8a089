'use server';

import { refresh } from 'next/cache';
import { authedAction, signedInAction } from '@/lib/action';
import { createWorkspace, renameWorkspace } from './workspace-mutations';
import { workspaceCreateSchema, workspaceRenameSchema } from './workspace-schema';

export const createWorkspaceAction = signedInAction(
  workspaceCreateSchema,
  async ({ signedIn, input }) => {
    const { slug } = await createWorkspace(signedIn, input.name);
    return { path: `/w/${slug}` };
  },
);

export const renameWorkspaceAction = authedAction(
  workspaceRenameSchema,
  async ({ viewer, input }) => {
    await renameWorkspace(viewer, input.name);
    refresh();
    return {};
  },
);
