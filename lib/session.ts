import 'server-only';
import { cookies } from 'next/headers';
import { decode } from 'next-auth/jwt';
import { cache } from 'react';
import { db } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import type { Role } from '@/lib/permissions';
import { sha256 } from '@/lib/secrets';
import { sessionCookieName } from '@/lib/session-cookie';

/** Who is signed in, whatever the workspace. */
export type SignedIn = {
  sessionId: string;
  userId: string;
  name: string;
  email: string;
  /** Set when the session came from "step in as …". */
  sampleWorkspaceId: string | null;
};

declare const minted: unique symbol;

/** Who acts, in which workspace, with which role. Minted only here; first argument of every query and mutation. */
export type Viewer = {
  readonly [minted]: true;
  readonly userId: string;
  readonly workspaceId: string;
  readonly role: Role;
  readonly via: 'session' | 'token';
};

const isUuid = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);

/**
 * The signed-in person of a session token, or null. The token only carries the session's id:
 * revocation, disabling and a new password count from the next request on.
 */
export async function findSignedInByToken(token: string | undefined): Promise<SignedIn | null> {
  if (!token) return null;
  const payload = await decode({ token, secret: env().NEXTAUTH_SECRET }).catch(() => null);
  return findSignedInBySession(payload?.sid);
}

/** The signed-in person of a session's id, or null when the session is no longer good. */
export async function findSignedInBySession(sid: unknown): Promise<SignedIn | null> {
  if (!isUuid(sid)) return null;
  const session = await db.session.findUnique({
    where: { id: sid, revokedAt: null, expiresAt: { gt: new Date() } },
    select: {
      id: true,
      sessionVersion: true,
      sampleWorkspaceId: true,
      lastSeenAt: true,
      user: {
        select: { id: true, name: true, email: true, sessionVersion: true, disabledAt: true },
      },
    },
  });
  if (!session || session.user.disabledAt || session.sessionVersion !== session.user.sessionVersion)
    return null;
  if (Date.now() - session.lastSeenAt.getTime() > 60_000) {
    await db.session.update({
      where: { id: session.id },
      data: { lastSeenAt: new Date() },
      select: { id: true },
    });
  }
  return {
    sessionId: session.id,
    userId: session.user.id,
    name: session.user.name,
    email: session.user.email,
    sampleWorkspaceId: session.sampleWorkspaceId,
  };
}

/** The signed-in person of this request, or null. Cached per request. */
export const findSignedIn = cache(async (): Promise<SignedIn | null> => {
  const jar = await cookies();
  return findSignedInByToken(jar.get(sessionCookieName)?.value);
});

/** The signed-in person. Throws UNAUTHENTICATED. */
export async function requireSignedIn(): Promise<SignedIn> {
  const signedIn = await findSignedIn();
  if (!signedIn) throw new AppError('UNAUTHENTICATED');
  return signedIn;
}

async function findViewer(
  signedIn: SignedIn,
  workspace: { slug: string } | { id: string },
): Promise<Viewer | null> {
  const member = await db.member.findFirst({
    where: { userId: signedIn.userId, workspace },
    select: { role: true, workspaceId: true },
  });
  if (!member) return null;
  if (signedIn.sampleWorkspaceId && signedIn.sampleWorkspaceId !== member.workspaceId) return null;
  return mint({
    userId: signedIn.userId,
    workspaceId: member.workspaceId,
    role: member.role,
    via: 'session',
  });
}

function mint(viewer: {
  userId: string;
  workspaceId: string;
  role: Role;
  via: 'session' | 'token';
}): Viewer {
  return viewer as unknown as Viewer;
}

/** The role that a person has in a workspace now; null for who is not in it. */
async function findRole(member: { userId: string; workspaceId: string }): Promise<Role | null> {
  const found = await db.member.findUnique({
    where: { workspaceId_userId: member },
    select: { role: true },
  });
  return found?.role ?? null;
}

/** What an address may name a workspace by; anything else names none. */
const isSlug = (value: string) => /^[a-z0-9-]{1,64}$/.test(value);

/** The viewer of a workspace by its slug. Throws UNAUTHENTICATED, or NOT_FOUND for a stranger. */
export const requireViewer = cache(async (slug: string): Promise<Viewer> => {
  const signedIn = await requireSignedIn();
  const viewer = isSlug(slug) ? await findViewer(signedIn, { slug }) : null;
  if (!viewer) throw new AppError('NOT_FOUND');
  return viewer;
});

/** The viewer of the workspace that a resource belongs to, for addresses that name only its id. */
export async function requireViewerOf(
  findWorkspaceId: () => Promise<string | null | undefined>,
): Promise<Viewer> {
  const signedIn = await requireSignedIn();
  const id = await findWorkspaceId();
  const viewer = id ? await findViewer(signedIn, { id }) : null;
  if (!viewer) throw new AppError('NOT_FOUND');
  return viewer;
}

/**
 * For live streams, which outlive their request: a function that answers the viewer with the
 * rights of now, and throws once the session or the membership has ended.
 */
export async function watchViewer(viewer: Viewer): Promise<() => Promise<Viewer>> {
  const { sessionId } = await requireSignedIn();
  return async () => {
    const signedIn = await findSignedInBySession(sessionId);
    const now = signedIn && (await findViewer(signedIn, { id: viewer.workspaceId }));
    if (!now) throw new AppError('UNAUTHENTICATED');
    return now;
  };
}

/**
 * The viewer whose access token a program shows, with the role of its owner now. Null for a token
 * that is unknown, ended or taken back, and for an owner who is disabled or left the workspace.
 */
export async function findViewerByApiToken(
  token: string,
): Promise<{ viewer: Viewer; tokenId: string; scopes: string[] } | null> {
  const found = await db.apiToken.findUnique({
    where: { tokenHash: sha256(token), revokedAt: null, expiresAt: { gt: new Date() } },
    select: {
      id: true,
      userId: true,
      workspaceId: true,
      scopes: true,
      lastUsedAt: true,
      user: { select: { disabledAt: true } },
    },
  });
  if (!found || found.user.disabledAt) return null;
  const { userId, workspaceId } = found;
  const role = await findRole({ userId, workspaceId });
  if (!role) return null;
  if (!found.lastUsedAt || Date.now() - found.lastUsedAt.getTime() > 60_000) {
    await db.apiToken.update({
      where: { id: found.id },
      data: { lastUsedAt: new Date() },
      select: { id: true },
    });
  }
  const viewer = mint({ userId, workspaceId, role, via: 'token' });
  return { viewer, tokenId: found.id, scopes: found.scopes };
}

/**
 * A viewer for a job that goes on with what a person began, for seeds and for tests: reads the
 * person's present role, so that a job does no more than the person still may.
 */
export async function viewerForJob({
  via = 'session',
  ...member
}: {
  userId: string;
  workspaceId: string;
  via?: Viewer['via'];
}): Promise<Viewer> {
  const role = await findRole(member);
  if (!role) throw new AppError('FORBIDDEN');
  return mint({ ...member, role, via });
}
