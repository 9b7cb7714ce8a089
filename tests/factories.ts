// Rows for tests, made as the app's role. Names are unique, so that tests never share a row.
import { randomUUID } from 'node:crypto';
import { hashPassword } from '@/lib/accounts/password-hash';
import { sessionToken } from '@/lib/accounts/session-token';
import { db } from '@/lib/db';
import type { Role } from '@/lib/permissions';
import { type SignedIn, type Viewer, viewerForJob } from '@/lib/session';
import { sessionMaxAgeSeconds } from '@/lib/session-cookie';
import { createApiToken } from '@/lib/tokens/token-mutations';
import { type TokenScope, tokenScopes } from '@/lib/tokens/token-schema';

export const testPassword = 'tulip harbour 41';
let passwordHash: Promise<string> | undefined;

export type TestUser = { id: string; email: string; name: string };
export type TestWorkspace = { id: string; slug: string; name: string };

const unique = () => randomUUID().slice(0, 8);

/** A person who can sign in with `testPassword`. */
export async function createUser(
  over: { name?: string; email?: string; isSample?: boolean } = {},
): Promise<TestUser> {
  passwordHash ??= hashPassword(testPassword);
  return db.user.create({
    data: {
      email: over.email ?? `person-${unique()}@shop.example`,
      name: over.name ?? 'Maria Schneider',
      isSample: over.isSample ?? false,
      passwordHash: await passwordHash,
    },
    select: { id: true, email: true, name: true },
  });
}

/** A workspace without members. */
export async function createWorkspace(
  over: { name?: string; isSample?: boolean } = {},
): Promise<TestWorkspace> {
  return db.workspace.create({
    data: {
      slug: `shop-${unique()}`,
      name: over.name ?? 'Nordlicht Versand',
      isSample: over.isSample ?? false,
    },
    select: { id: true, slug: true, name: true },
  });
}

/** Makes a person a member, or a new person when none is given. */
export async function createMember(
  workspace: { id: string },
  role: Role,
  user?: TestUser,
): Promise<TestUser & { viewer: Viewer }> {
  const person = user ?? (await createUser());
  await db.member.create({
    data: { workspaceId: workspace.id, userId: person.id, role },
    select: { userId: true },
  });
  return { ...person, viewer: await viewerFor(person, workspace) };
}

/** The viewer of a member, with the role that they have now. */
export function viewerFor(user: { id: string }, workspace: { id: string }): Promise<Viewer> {
  return viewerForJob({ userId: user.id, workspaceId: workspace.id });
}

/** An access token of a member; with every scope where none is named. */
export function createTestToken(
  viewer: Viewer,
  scopes: readonly TokenScope[] = tokenScopes,
): Promise<{ id: string; token: string }> {
  return createApiToken(viewer, { name: 'Test', scopes: [...scopes], days: 1 });
}

/** An open session of a person: its row, its cookie's value, and what pages know of it. */
export async function createSession(
  user: TestUser,
  over: { sampleWorkspaceId?: string } = {},
): Promise<{ sessionId: string; token: string; signedIn: SignedIn }> {
  const { sessionVersion } = await db.user.findUniqueOrThrow({
    where: { id: user.id },
    select: { sessionVersion: true },
  });
  const { id } = await db.session.create({
    data: {
      userId: user.id,
      sessionVersion,
      sampleWorkspaceId: over.sampleWorkspaceId ?? null,
      expiresAt: new Date(Date.now() + sessionMaxAgeSeconds * 1_000),
    },
    select: { id: true },
  });
  const signedIn = {
    sessionId: id,
    userId: user.id,
    name: user.name,
    email: user.email,
    sampleWorkspaceId: over.sampleWorkspaceId ?? null,
  };
  return { sessionId: id, token: await sessionToken(id), signedIn };
}
