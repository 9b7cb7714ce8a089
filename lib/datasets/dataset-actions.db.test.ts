import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { tryRulesAction } from '@/lib/checks/check-actions';
import type { HouseRule } from '@/lib/checks/rule-schema';
import { db, disconnect } from '@/lib/db';
import { stopQueue } from '@/lib/queue';
import type { Viewer } from '@/lib/session';
import { createTeam } from '@/tests/factories-examples';
import { approveBriefAction, saveBriefAction } from './brief-actions';
import {
  archiveDatasetAction,
  createDatasetAction,
  renameDatasetAction,
  setTokenDecisionsAction,
} from './dataset-actions';
import { createDataset } from './dataset-mutations';

// Who is signed in comes from a cookie of the request; there is none here, so the test says who.
const signedIn = vi.hoisted(() => ({ viewer: undefined as unknown }));
vi.mock('@/lib/session', async (original) => ({
  ...(await original<typeof import('@/lib/session')>()),
  requireViewer: async () => signedIn.viewer as Viewer,
}));
vi.mock('next/headers', () => ({
  headers: async () => new Headers({ origin: 'http://127.0.0.1:3000' }),
}));
vi.mock('next-intl/server', () => ({ getTranslations: async () => (key: string) => key }));

type Team = Awaited<ReturnType<typeof createTeam>>;
let shop: Team;
let rival: Team;
let datasetId: string;
const bannedRule: HouseRule = {
  id: randomUUID(),
  kind: 'banned_phrase',
  severity: 'warning',
  phrases: ['no'],
};
const content = {
  task: 'Answer mails',
  systemPrompt: 'You answer mails.',
  guidelines: '',
  slots: ['order'],
  rules: [bannedRule],
};

beforeAll(async () => {
  shop = await createTeam('shop');
  rival = await createTeam('rival');
});
beforeEach(async () => {
  signedIn.viewer = shop.admin;
  const { task, systemPrompt } = content;
  ({ id: datasetId } = await createDataset(shop.admin, { name: randomUUID(), task, systemPrompt }));
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const snapshot = async () => ({
  datasets: await db.dataset.findMany({ orderBy: { id: 'asc' } }),
  briefs: await db.brief.findMany({ orderBy: { id: 'asc' } }),
  events: await db.auditEvent.count(),
  jobs: await db.job.count(),
});

/** Every write of this domain with a good input. */
const calls = () => {
  const workspace = shop.workspace.slug;
  return [
    [
      'createDataset',
      createDatasetAction,
      { workspace, name: randomUUID(), task: 't', systemPrompt: 's' },
    ],
    [
      'renameDataset',
      renameDatasetAction,
      { workspace, datasetId, version: 1, name: randomUUID() },
    ],
    ['archiveDataset', archiveDatasetAction, { workspace, datasetId, version: 1, archived: true }],
    ['saveBrief', saveBriefAction, { workspace, datasetId, baseVersion: 1, content }],
    ['approveBrief', approveBriefAction, { workspace, datasetId, version: 1 }],
    [
      'tryRules',
      tryRulesAction,
      { workspace, datasetId, rules: content.rules, slots: [], after: 0 },
    ],
    [
      'setTokenDecisions',
      setTokenDecisionsAction,
      { workspace, datasetId, version: 1, allowed: true },
    ],
  ] as unknown as [
    string,
    (input: unknown) => Promise<{ ok: boolean; error?: { code: string } }>,
    Record<string, unknown>,
  ][];
};

describe('what an action takes', () => {
  it('takes the good inputs', async () => {
    for (const [name, action, input] of calls()) {
      if (name === 'approveBrief') signedIn.viewer = shop.reviewer;
      else signedIn.viewer = shop.admin;
      if (name === 'saveBrief' || name === 'approveBrief') {
        // The dataset was archived by the call before.
        await db.dataset.update({ where: { id: datasetId }, data: { archivedAt: null } });
      }
      const given =
        name === 'archiveDataset'
          ? { ...input, version: 2 }
          : name === 'setTokenDecisions'
            ? { ...input, version: 3 }
            : name === 'approveBrief'
              ? { ...input, version: 2 }
              : input;
      const result = await action(given);
      expect([name, result.ok, result.error]).toEqual([name, true, undefined]);
    }
  });

  it.each([
    'id',
    'workspaceId',
    'createdById',
    'authorId',
    'approvedById',
    'approvedAt',
    'contentHash',
    'splitSeed',
    'nextNumber',
    'createdAt',
    'archivedAt',
    'role',
    'status',
    'constructor',
  ])('an extra field %s is refused and nothing is written', async (field) => {
    const before = await snapshot();
    for (const [name, action, input] of calls()) {
      const result = await action({ ...input, [field]: rival.workspace.id });
      expect([name, result.error?.code]).toEqual([name, 'INVALID']);
    }
    const inContent = { ...content, [field]: 'x' };
    const [, , saveInput] = calls()[3] ?? [];
    const result = await saveBriefAction({ ...saveInput, content: inContent } as never);
    expect(result).toMatchObject({ ok: false, error: { code: 'INVALID' } });
    expect(await snapshot()).toEqual(before);
  });

  it('operators, arrays, wrong types and missing fields are refused before any query', async () => {
    const before = await snapshot();
    const hostile: unknown[] = [
      { not: '' },
      { contains: '' },
      { in: [datasetId] },
      { user: { passwordHash: { startsWith: '$' } } },
      [datasetId],
      [],
      null,
      undefined,
      Number.NaN,
      -1,
      1.5,
      2 ** 40,
      '',
      'x\u0000y',
      '\ud800',
    ];
    for (const [name, action, input] of calls()) {
      for (const field of Object.keys(input)) {
        if (field === 'workspace') continue;
        for (const value of hostile) {
          // An empty list of rules or slots is a fair thing to try.
          if (Array.isArray(value) && value.length === 0 && name === 'tryRules') continue;
          const result = await action({ ...input, [field]: value });
          expect([name, field, value, result.error?.code]).toEqual([name, field, value, 'INVALID']);
        }
      }
    }
    expect(await snapshot()).toEqual(before);
  });

  it('parts of a rule are refused when they are not what they say', async () => {
    const before = await snapshot();
    const rule = bannedRule;
    const bad: unknown[] = [
      { ...rule, id: { not: '' } },
      { ...rule, id: '1' },
      { ...rule, kind: 'regex', pattern: '(a+)+$' },
      { ...rule, severity: 'none' },
      { ...rule, phrases: [] },
      { ...rule, phrases: [' \u200b '] },
      { ...rule, phrases: ['a', ' a'] },
      { ...rule, phrases: Array.from({ length: 101 }, (_, index) => `p${index}`) },
      { ...rule, phrases: ['x'.repeat(201)] },
      { ...rule, texts: ['x'] },
      { id: rule.id, kind: 'length', unit: 'words' },
      { id: rule.id, kind: 'length', unit: 'words', min: 5, max: 4 },
      { id: rule.id, kind: 'length', unit: 'pages', max: 4 },
      { id: rule.id, kind: 'length', unit: 'words', max: '4' },
    ];
    for (const value of [...bad.map((one) => [one]), [rule, rule], Array(101).fill(rule)]) {
      const result = await saveBriefAction({
        workspace: shop.workspace.slug,
        datasetId,
        baseVersion: 1,
        content: { ...content, rules: value as never },
      });
      expect([value, result.ok]).toEqual([value, false]);
    }
    for (const slots of [['A'], ['a b'], ['{{a}}'], ['a', 'a'], [''], ['x'.repeat(65)]]) {
      const result = await saveBriefAction({
        workspace: shop.workspace.slug,
        datasetId,
        baseVersion: 1,
        content: { ...content, slots },
      });
      expect([slots, result.ok]).toEqual([slots, false]);
    }
    expect(await snapshot()).toEqual(before);
  });

  it('a stranger with a good input and a real id writes and learns nothing', async () => {
    signedIn.viewer = rival.admin;
    const before = await snapshot();
    for (const [name, action, input] of calls().slice(1)) {
      const real = await action(input);
      const absent = await action({ ...input, datasetId: randomUUID() });
      expect([name, real.error?.code]).toEqual([name, 'NOT_FOUND']);
      expect(real).toEqual(absent);
    }
    expect(await snapshot()).toEqual(before);
  });
});
