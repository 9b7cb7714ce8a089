// The borders between folders, held against every file of the product. What stands here is the
// rule; an exception stands in a table with its reason, and one that nobody needs any more fails.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const folders = ['app', 'bench', 'bin', 'components', 'e2e', 'i18n', 'lib', 'prisma', 'tests'];
const rootFiles = [
  'instrumentation.ts',
  'instrumentation-client.ts',
  'next.config.ts',
  'proxy.ts',
  'prisma.config.ts',
];

type Import = { target: string; typeOnly: boolean };
type Source = { path: string; text: string; code: string; imports: Import[] };

/** Without comments, so that a sentence about an API is not taken for a use of it. */
const withoutComments = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');

function importsOf(path: string, code: string): Import[] {
  const found: Import[] = [];
  const named = /^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm;
  for (const [, type, target] of code.matchAll(named))
    found.push({ target: target ?? '', typeOnly: type !== undefined });
  for (const [, target] of code.matchAll(/\bimport\(\s*'([^']+)'\s*\)/g))
    found.push({ target: target ?? '', typeOnly: false });
  return found.map(({ target, typeOnly }) => ({
    typeOnly,
    target: target.startsWith('@/')
      ? target.slice(2)
      : target.startsWith('.')
        ? normalize(join(dirname(path), target))
        : `package:${target}`,
  }));
}

function read(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8');
  const code = withoutComments(text);
  return { path, text, code, imports: importsOf(path, code) };
}

const isSource = (name: string) => /\.(ts|tsx|mjs)$/.test(name) && !name.endsWith('.d.ts');
const isTest = (path: string) =>
  /\.test\.tsx?$|-(fixtures|cases|test-kit)\.ts$/.test(path) || /^(tests|e2e|bench)\//.test(path);

const every = folders
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && isSource(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  )
  .filter((path) => !/(^|\/)node_modules\/|^prisma\/generated\//.test(path))
  .concat(rootFiles)
  .sort()
  .map(read);
const product = every.filter((file) => !isTest(file.path));
const within = (pattern: RegExp) => product.filter((file) => pattern.test(file.path));

const componentDomain = (path: string) => /^components\/([^/]+)\//.exec(path)?.[1];
const libDomain = (path: string) => /^lib\/([^/]+)\//.exec(path)?.[1];
const isPrisma = (target: string) =>
  target.startsWith('prisma/') || target === 'lib/db' || /^package:(@prisma\/|pg$)/.test(target);

/** Every import of the files that the rule forbids, as readable lines. */
const broken = (files: Source[], forbidden: (file: Source, one: Import) => boolean) =>
  files.flatMap((file) =>
    file.imports
      .filter((one) => forbidden(file, one))
      .map((one) => `${file.path} imports ${one.target}`),
  );

/** Component folders that others may use, and who may. */
const sharedComponents: Record<string, { by: string[] | 'all'; because: string }> = {
  hotkeys: { by: 'all', because: 'the one registry of keys, used wherever a key is printed' },
  jobs: { by: 'all', because: 'one look of progress for every long job' },
  checks: { by: ['examples', 'reviews'], because: 'findings look the same where texts are' },
  frame: {
    by: ['accounts', 'examples', 'reviews', 'workspaces'],
    because: 'the banner, the links of the pages and the cookie of views belong to the frame',
  },
  accounts: {
    by: [
      'examples',
      'lineage',
      'models',
      'curves',
      'regression-set',
      'reviews',
      'tokens',
      'webhooks',
      'workspaces',
    ],
    because: 'forms of people share fields; an open page signs in again without losing work',
  },
  briefs: {
    by: ['reviews', 'proofs'],
    because: 'reviewers judge with the guidelines beside the text',
  },
  training: { by: ['releases'], because: 'a release shows the state of its runs' },
  examples: {
    by: ['wrong-answers'],
    because: 'the status of an example looks the same everywhere',
  },
  'wrong-answers': {
    by: ['models'],
    because: 'an answer is marked where it is shown',
  },
};

describe('components', () => {
  test('ui and data-table know no domain', () => {
    const faults = broken(
      within(/^components\/(ui|data-table)\//),
      (_, { target }) =>
        /^(app|lib\/[^/]+\/)/.test(target) ||
        isPrisma(target) ||
        (target.startsWith('components/') && !/^components\/(ui|data-table)\//.test(target)),
    );
    expect(faults).toEqual([]);
    expect(
      broken(within(/^components\/ui\//), (_, { target }) =>
        target.startsWith('components/data-table/'),
      ),
    ).toEqual([]);
  });

  test('no component imports queries or mutations at run time, nor the database', () => {
    const faults = broken(
      within(/^components\//),
      (_, { target, typeOnly }) =>
        isPrisma(target) ||
        target.startsWith('app/') ||
        (!typeOnly &&
          (/-(queries|mutations|jobs)$/.test(target) ||
            /^lib\/(db|session|action|http|env|queue|files|secrets|jobs|page)$/.test(target))),
    );
    expect(faults).toEqual([]);
  });

  test('a domain uses components of another only where the table says so', () => {
    const used = new Set<string>();
    const faults = broken(within(/^components\//), (file, { target }) => {
      const from = componentDomain(file.path);
      const to = componentDomain(target);
      if (!from || !to || from === to || to === 'ui' || to === 'data-table') return false;
      used.add(to);
      const allowed = sharedComponents[to]?.by ?? [];
      return allowed !== 'all' && !allowed.includes(from);
    });
    expect(faults).toEqual([]);
    expect([...used].sort()).toEqual(Object.keys(sharedComponents).sort());
  });

  test('no html is set from text', () => {
    const faults = product.filter((file) =>
      /dangerouslySetInnerHTML|\.(inner|outer)HTML\b|insertAdjacentHTML/.test(file.code),
    );
    expect(faults.map((file) => file.path)).toEqual([]);
  });
});

describe('domains', () => {
  test('rules and schemas are pure', () => {
    const faults = broken(
      within(/^lib\/[^/]+\/[^/]*-(rules|schema)\.ts$/),
      (_, { target, typeOnly }) =>
        /^package:(react|next|next-intl|next-auth|server-only)(\/|$)/.test(target) ||
        isPrisma(target) ||
        target === 'lib/session' ||
        target.startsWith('components/') ||
        (!typeOnly && /-(queries|mutations|actions|jobs)$/.test(target)),
    );
    expect(faults).toEqual([]);
  });

  test('queries and mutations run on the server only, and say so first', () => {
    const files = within(/^lib\/.*-(queries|mutations)\.ts$/);
    expect(files.length).toBeGreaterThan(20);
    const faults = files.filter((file) => !file.text.startsWith("import 'server-only';"));
    expect(faults.map((file) => file.path)).toEqual([]);
  });

  test('queries and mutations know no page: no React, no navigation, no cookies', () => {
    const faults = broken(
      within(/^lib\/.*-(queries|mutations|jobs)\.ts$/),
      (_, { target, typeOnly }) =>
        target.startsWith('components/') ||
        target.startsWith('app/') ||
        (!typeOnly && /^package:(react|next\/)/.test(target)),
    );
    expect(faults).toEqual([]);
    expect(broken(within(/^lib\//), (_, { target }) => /^(app|components)\//.test(target))).toEqual(
      [],
    );
  });

  test('a domain changes its own and earlier domains, never later ones', () => {
    const order = (
      'accounts workspaces tokens webhooks datasets examples imports checks reviews releases ' +
      'exports training regression-set models curves proofs wrong-answers lineage api'
    ).split(' ');
    // Every change is recorded, so everyone may write the record.
    const anyone = ['audit'];
    const unknown = new Set<string>();
    const faults = broken(within(/^lib\/[^/]+\//), (file, { target, typeOnly }) => {
      if (typeOnly || !target.endsWith('-mutations')) return false;
      const [from, to] = [libDomain(file.path) ?? '', libDomain(target) ?? ''];
      if (from === to || anyone.includes(to)) return false;
      for (const domain of [from, to]) if (!order.includes(domain)) unknown.add(domain);
      return order.indexOf(to) > order.indexOf(from);
    });
    expect(faults).toEqual([]);
    expect([...unknown]).toEqual([]);
  });

  test('only action files are open to the browser, and they do not touch the database', () => {
    const open = product.filter((file) => /['"]use server['"]/.test(file.code));
    expect(
      open.map((file) => file.path).filter((path) => !/^lib\/[^/]+\/[^/]+-actions\.ts$/.test(path)),
    ).toEqual([]);
    const actions = within(/^lib\/.*-actions\.ts$/);
    expect(actions.length).toBeGreaterThan(5);
    expect(
      actions.filter((file) => !file.text.startsWith("'use server';")).map((file) => file.path),
    ).toEqual([]);
    expect(broken(actions, (_, { target }) => isPrisma(target))).toEqual([]);
  });
});

describe('platform', () => {
  test('routes load through domains, never from the database', () => {
    expect(broken(within(/^app\//), (_, { target }) => isPrisma(target))).toEqual([]);
  });

  test('only lib/db.ts makes a Prisma client, and only it and types name the generated one', () => {
    const makers = every.filter((file) => /new PrismaClient\(/.test(file.code));
    expect(makers.map((file) => file.path)).toEqual(['lib/db.ts']);
    const faults = broken(
      product.filter((file) => file.path !== 'lib/db.ts'),
      (_, { target, typeOnly }) => target === 'prisma/generated/client' && !typeOnly,
    );
    // The namespace is used for `Prisma.sql`, which has no other home.
    const forSql = product.filter((file) =>
      /\bPrisma\.(sql|join|raw|empty|\w*Null)\b/.test(file.code),
    );
    const allowed = new Set(forSql.map((file) => `${file.path} imports prisma/generated/client`));
    expect(faults.filter((fault) => !allowed.has(fault))).toEqual([]);
  });

  test('SQL is always parameterised', () => {
    const faults = every.filter(
      (file) =>
        file.path !== 'tests/folder-borders.test.ts' &&
        /\$(query|execute)RawUnsafe|Prisma\.raw\(/.test(file.code),
    );
    expect(faults.map((file) => file.path)).toEqual([]);
  });

  test('nothing a browser sent is spread into a where, an order or a row', () => {
    const spread =
      /\b(where|orderBy|data|create|update|select):\s*(\{\s*\.\.\.\s*(input|body|params|query|searchParams)\b(?!\.)|(input|body|params|searchParams)\b\s*[,})])/;
    const faults = within(/^(app|lib)\//).filter((file) => spread.test(file.code));
    expect(faults.map((file) => file.path)).toEqual([]);
  });

  /** Who else reads the environment, and why lib/env.ts cannot do it for them. */
  const environmentReaders: [RegExp, string][] = [
    [/^lib\/env\.ts$/, 'the one place that parses it'],
    [/^lib\/log\.ts$/, 'logs before the environment is known to be good'],
    [/^(bin|e2e|tests|bench)\//, 'programs that make or test the environment'],
    [/^(next|prisma)\.config\.ts$/, 'read by tools'],
    [/^instrumentation\.ts$/, 'asks which runtime Next started it in'],
    [/^proxy\.ts$/, 'runs before the environment is parsed, for every request'],
    [/^i18n\/(locale|messages)\.ts$/, 'the language of the interface, also in tests and builds'],
    [/^app\/api\/auth\/\[\.\.\.nextauth\]\/route\.ts$/, 'sets what the library reads itself'],
  ];

  test('only lib/env.ts reads the environment, and a short list with a reason', () => {
    const readers = product.filter((file) => /process\.env\b/.test(file.code));
    expect(
      readers
        .map((file) => file.path)
        .filter((path) => !environmentReaders.some(([pattern]) => pattern.test(path))),
    ).toEqual([]);
    const unused = environmentReaders.filter(
      ([pattern]) =>
        !/bin\|e2e|config/.test(pattern.source) && !readers.some((file) => pattern.test(file.path)),
    );
    expect(unused.map(([pattern]) => pattern.source)).toEqual([]);
  });

  test('pictures, scripts and sounds come from here: no address of the outside in a tag', () => {
    const faults = within(/^(app|components)\//).filter((file) =>
      /\b(src|srcSet|poster)=["'{`]+https?:/.test(file.code),
    );
    expect(faults.map((file) => file.path)).toEqual([]);
  });
});
