// The people of the scene, with a session each, and the links that bring new ones in.
import { createLink } from '@/lib/accounts/link-mutations';
import { db } from '@/lib/db';
import type { Role } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';
import { createInvitation } from '@/lib/workspaces/invitation-mutations';
import { createMember, createSession, createUser, createWorkspace } from '@/tests/factories';
import type { Say } from './texts';

export type Person = { id: string; email: string; name: string; token: string };
export type Member = Person & { viewer: Viewer };
export type Team = Awaited<ReturnType<typeof makeTeam>>;

/** Somebody who can sign in and is in no workspace. */
export async function makePerson(name: string): Promise<Person> {
  const user = await createUser({ name });
  return { ...user, token: (await createSession(user)).token };
}

/** A workspace with one person of each role. */
export async function makeTeam(say: Say, name: string) {
  const workspace = await createWorkspace({ name: say(name) });
  const join = async (role: Role, name: string): Promise<Member> => {
    const person = await makePerson(say(name));
    return { ...person, viewer: (await createMember(workspace, role, person)).viewer };
  };
  return {
    workspace,
    writer: await join('writer', 'Wilhelmina Schleswig-Holstein-Sonderburg'),
    reviewer: await join('reviewer', 'Rosa Lindqvist'),
    admin: await join('admin', 'Amir Castellan'),
  };
}

/** A workspace that one person is alone in. */
export async function makeAlone(say: Say, name: string) {
  const workspace = await createWorkspace({ name: say(name) });
  const person = await makePerson(say('Ada Allein'));
  const { viewer } = await createMember(workspace, 'admin', person);
  return { workspace, admin: { ...person, viewer } };
}

/** One open link of each kind that leads into the app. */
export async function makeLinks(team: Team) {
  const known = await makePerson(team.writer.name);
  const invite = (email: string, role: Role) =>
    createInvitation(team.admin.viewer, { email, role });
  const link = (kind: 'reset' | 'admin', userId: string) =>
    db.$transaction((tx) => createLink(tx, { kind, userId }));
  return {
    invite: (await invite(`new-${known.email}`, 'writer')).token,
    inviteKnown: (await invite(known.email, 'reviewer')).token,
    reset: (await link('reset', team.writer.id)).token,
    link: (await link('admin', team.admin.id)).token,
  };
}
