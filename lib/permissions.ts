import { AppError } from '@/lib/errors';

export const roles = ['writer', 'reviewer', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Lowest role that may do it. Admin ⊇ reviewer ⊇ writer. The one policy table. */
const lowestRole = {
  'workspace:read': 'writer',
  'workspace:manage': 'admin',
  'people:read': 'writer',
  'people:manage': 'admin',
  'dataset:create': 'admin',
  'dataset:manage': 'admin',
  'brief:read': 'writer',
  'brief:edit': 'admin',
  'brief:approve': 'reviewer',
  'example:read': 'writer',
  'example:write': 'writer',
  'example:submit': 'writer',
  'example:retire': 'reviewer',
  'finding:dismiss': 'writer',
  'import:create': 'writer',
  'review:decide': 'reviewer',
  'release:read': 'writer',
  'release:create': 'admin',
  'export:download': 'admin',
  'run:read': 'writer',
  'run:create': 'admin',
  'model:read': 'writer',
  'model:ask': 'writer',
  'model:download': 'admin',
  'model:use': 'admin',
  'regression:manage': 'admin',
  'record:read': 'admin',
  'person:erase': 'admin',
  'proof:read': 'writer',
  'proof:create': 'admin',
  'proof:vote': 'reviewer',
  'token:create': 'writer',
  'token:manage': 'admin',
  'webhook:manage': 'admin',
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof lowestRole;
export const permissions = Object.keys(lowestRole) as Permission[];

const rank: Record<Role, number> = { writer: 0, reviewer: 1, admin: 2 };

/** Whether a role may do something. An unknown role or permission may not. */
export function can(role: Role, permission: Permission): boolean {
  const needed = lowestRole[permission];
  if (needed === undefined || rank[role] === undefined) return false;
  return rank[role] >= rank[needed];
}

/** Throws FORBIDDEN where `can` says no. The first line of every query and mutation. */
export function assertCan(viewer: { role: Role }, permission: Permission): void {
  if (!can(viewer.role, permission)) throw new AppError('FORBIDDEN');
}
