import { z } from 'zod';
import { passwordFault } from './password-rules';

/** How an address is stored and compared: NFKC, without surrounding space, lower case. */
export function normaliseEmail(value: string): string {
  return value.normalize('NFKC').trim().toLowerCase();
}

// Messages are keys of messages/en/accounts.json; forms translate them.
export const emailSchema = z
  .string()
  .min(1, 'fields.emailMissing')
  .max(320, 'fields.emailInvalid')
  .transform(normaliseEmail)
  .pipe(
    z
      .string()
      .max(254, 'fields.emailInvalid')
      .regex(
        /^[^\s@<>()[\]\\,;:"\p{Cc}\p{Cf}]+@[^\s@<>()[\]\\,;:"\p{Cc}\p{Cf}]+$/u,
        'fields.emailInvalid',
      ),
  );

/** A line of text that people are shown: NFKC, no control characters, no line breaks. */
const lineSchema = (missing: string) =>
  z
    .string()
    .transform((value) => value.normalize('NFKC').replace(/\s+/gu, ' ').trim())
    .pipe(
      z
        .string()
        .min(1, missing)
        .max(100, 'fields.nameTooLong')
        .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'fields.nameInvalid'),
    );

/** What a person is called. */
export const nameSchema = lineSchema('fields.nameMissing');
/** What a workspace is called. */
export const workspaceNameSchema = lineSchema('fields.workspaceNameMissing');

/** A new password; `passwordFault` also compares it with the person's own words. */
export const newPasswordSchema = z
  .string()
  .max(1_000, 'fields.passwordTooLong')
  .superRefine((value, context) => {
    const fault = passwordFault(value);
    if (fault) context.addIssue({ code: 'custom', message: `fields.${fault}` });
  });

export const tokenSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const signInSchema = z.object({
  email: z
    .string()
    .max(320, 'fields.emailInvalid')
    .transform(normaliseEmail)
    .pipe(
      z
        .string()
        .min(1, 'fields.emailMissing')
        .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'fields.emailInvalid'),
    ),
  password: z.string().min(1, 'fields.passwordMissing').max(1_000, 'fields.passwordTooLong'),
});
export type SignInInput = z.infer<typeof signInSchema>;

export const setupSchema = z.object({
  token: tokenSchema,
  name: nameSchema,
  email: emailSchema,
  password: newPasswordSchema,
  workspaceName: workspaceNameSchema,
});
export type SetupInput = z.infer<typeof setupSchema>;

export const resetSchema = z.object({ token: tokenSchema, password: newPasswordSchema });
export type ResetInput = z.infer<typeof resetSchema>;

export const passwordChangeSchema = z.object({
  currentPassword: z.string().min(1, 'fields.passwordMissing').max(1_000),
  newPassword: newPasswordSchema,
});
export type PasswordChange = z.infer<typeof passwordChangeSchema>;
