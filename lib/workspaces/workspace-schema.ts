import { z } from 'zod';
import {
  emailSchema,
  nameSchema,
  newPasswordSchema,
  tokenSchema,
  workspaceNameSchema,
} from '@/lib/accounts/account-schema';
import { roles } from '@/lib/permissions';

export const workspaceRenameSchema = z.object({ name: workspaceNameSchema });
export const workspaceCreateSchema = z.object({ name: workspaceNameSchema });

export const roleSchema = z.enum(roles);

export const invitationCreateSchema = z.object({ email: emailSchema, role: roleSchema });
export type InvitationCreate = z.infer<typeof invitationCreateSchema>;

export const invitationIdSchema = z.object({ invitationId: z.uuid() });

/** Accepting with a new account; somebody who is signed in only sends the token. */
export const invitationAcceptSchema = z.object({
  token: tokenSchema,
  name: nameSchema,
  password: newPasswordSchema,
});
export type InvitationAccept = z.infer<typeof invitationAcceptSchema>;

export const memberSchema = z.object({ userId: z.uuid() });
export const roleChangeSchema = z.object({ userId: z.uuid(), role: roleSchema });
export type RoleChange = z.infer<typeof roleChangeSchema>;
