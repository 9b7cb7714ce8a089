export type TokenState = 'active' | 'expired' | 'revoked';

/** Whether a token still opens anything. Taken back says more than run out. */
export function tokenState(
  token: { expiresAt: Date; revokedAt: Date | null },
  now: Date = new Date(),
): TokenState {
  if (token.revokedAt) return 'revoked';
  return token.expiresAt.getTime() <= now.getTime() ? 'expired' : 'active';
}
