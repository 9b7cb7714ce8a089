// Bodies that a valid one can be turned into by somebody who knows the database library.
import type { Call } from '@/tests/authorization-rows';

/** Where a value stands in a body: keys and indexes from the top. */
export type Path = readonly (string | number)[];

const isContainer = (value: unknown): value is object =>
  typeof value === 'object' && value !== null;

/** Every place of a body, the body itself first. */
export function placesIn(value: unknown, path: Path = []): Path[] {
  if (!isContainer(value)) return [path];
  const keys = Array.isArray(value) ? value.map((_, at) => at) : Object.keys(value);
  return [
    path,
    ...keys.flatMap((key) =>
      placesIn((value as Record<string | number, unknown>)[key], [...path, key]),
    ),
  ];
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      isContainer(inner) ? (inner as Record<string | number, unknown>)[key] : undefined,
    value,
  );
}

/** The body with another value in one place. */
export function withValue(value: unknown, path: Path, other: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return other;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  const inner = (value as Record<string | number, unknown>)[key];
  Object.defineProperty(copy, key, {
    value: withValue(inner, rest, other),
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return copy;
}

/** The body without one key. */
export function without(value: unknown, path: Path): unknown {
  const key = path.at(-1) as string;
  const owner = { ...(valueAt(value, path.slice(0, -1)) as Record<string, unknown>) };
  delete owner[key];
  return withValue(value, path.slice(0, -1), owner);
}

/** Conditions and nested writes of the database library, where a plain value is expected. */
export const operators: readonly unknown[] = [
  { not: '' },
  { contains: '' },
  { startsWith: '$2' },
  { in: ['a'] },
  { gt: '', lt: '~' },
  { equals: null },
  { OR: [{}] },
  { AND: [], NOT: {} },
  { path: ['a'], string_contains: '' },
  { user: { passwordHash: { startsWith: '$argon2' } } },
  { members: { some: { role: 'admin' } } },
  { set: 'admin' },
  { increment: 1 },
  { push: 'a' },
  { connect: { id: '00000000-0000-7000-8000-000000000000' } },
  { create: { role: 'admin' } },
  { updateMany: { where: {}, data: { role: 'admin' } } },
  { $queryRaw: 'SELECT 1' },
  JSON.parse('{"__proto__": {"role": "admin"}}'),
  { constructor: { prototype: { role: 'admin' } } },
  { toString: 'x', valueOf: 'x' },
  [{ not: '' }],
  [[]],
  [{ role: 'admin' }],
];

/** Texts that PostgreSQL cannot store, and texts that would end a statement. */
export const texts: readonly string[] = [
  'a\u0000b',
  '\u0000',
  'a\ud800b',
  '\'; DROP TABLE "User"; --',
  "' OR '1'='1",
  '%',
  '\\',
];

/** Numbers that no column holds. */
export const numbers: readonly number[] = [-1, 0.5, 2_147_483_648, 9_007_199_254_740_992, 1e308];

/**
 * Columns that no caller may set, with values that nothing else has, so that one look over all
 * tables finds them.
 */
export const marks = {
  uuid: '0badc0de-0bad-7bad-8bad-0badc0de0bad',
  number: 1_987_654_321,
  time: '1999-12-31T23:59:59.000Z',
  text: 'mark-0badc0de',
};
export const forbidden: Readonly<Record<string, unknown>> = {
  id: marks.uuid,
  workspaceId: marks.uuid,
  userId: marks.uuid,
  authorId: marks.uuid,
  coAuthorId: marks.uuid,
  createdById: marks.uuid,
  approvedById: marks.uuid,
  approvedBy: marks.uuid,
  reviewerId: marks.uuid,
  invitedById: marks.uuid,
  actorId: marks.uuid,
  approvedRevisionId: marks.uuid,
  currentRevisionId: marks.uuid,
  derivedFromId: marks.uuid,
  importId: marks.uuid,
  sampleWorkspaceId: marks.uuid,
  withdrawsId: marks.uuid,
  version: marks.number,
  sessionVersion: marks.number,
  number: marks.number,
  nextNumber: marks.number,
  ordinal: marks.number,
  attempts: marks.number,
  priceCents: marks.number,
  createdAt: marks.time,
  updatedAt: marks.time,
  approvedAt: marks.time,
  placedAt: marks.time,
  disabledAt: marks.time,
  revokedAt: marks.time,
  expiresAt: marks.time,
  finishedAt: marks.time,
  passwordHash: marks.text,
  tokenHash: marks.text,
  contentHash: marks.text,
  splitSeed: marks.text,
  fileKey: marks.text,
  sha256: marks.text,
  action: marks.text,
  role: 'admin',
  status: 'approved',
  state: 'frozen',
  split: 'training',
  origin: 'model_draft',
  source: 'model_draft',
  via: 'token',
  decision: 'approve',
  isSample: true,
};

/** The body, and every object in it, with each forbidden column that it does not have by right. */
export function withForbidden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withForbidden);
  if (!isContainer(value)) return value;
  const inner = Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, withForbidden(part)]),
  );
  return { ...forbidden, ...inner };
}

export const withBody = (call: Call, body: unknown): Call => ({ ...call, body });
