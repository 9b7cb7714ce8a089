import { z } from 'zod';
import { isStorable } from '@/lib/storable-text';

/** What a token may be used for; each opens an operation. The rights of its owner bound it further. */
export const tokenScopes = [
  'datasets:read',
  'datasets:write',
  'examples:read',
  'examples:write',
  'imports:write',
  'reviews:decide',
  'releases:read',
  'releases:write',
  'runs:read',
  'runs:write',
  'models:read',
  'models:ask',
  'proofs:read',
  'proofs:write',
  'jobs:read',
  'record:read',
] as const;
export type TokenScope = (typeof tokenScopes)[number];

export const DEFAULT_TOKEN_DAYS = 90;
export const MAX_TOKEN_DAYS = 365;
/** Good tokens that one person may have in one workspace. */
export const MAX_TOKENS = 50;

export const tokenCreateSchema = z.strictObject({
  name: z.string('empty').trim().min(1, 'empty').max(80, 'tooLong').refine(isStorable, 'notText'),
  scopes: z
    .array(z.enum(tokenScopes))
    .min(1, 'noScope')
    .max(tokenScopes.length)
    .transform((scopes) => [...new Set(scopes)]),
  /** Days until it ends. */
  days: z.int().min(1).max(MAX_TOKEN_DAYS).default(DEFAULT_TOKEN_DAYS),
});
export type TokenCreate = z.infer<typeof tokenCreateSchema>;

export const tokenRevokeSchema = z.strictObject({ tokenId: z.uuid() });

/** `apt_` and 32 random bytes in base64url: a scanner of leaked secrets can tell it by its shape. */
export const TOKEN_PATTERN = /^apt_[A-Za-z0-9_-]{43}$/;
