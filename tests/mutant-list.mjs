// What `npm run test:mutants` takes away, with the tests that have to notice it.

const guarantees = ['lib/releases/guarantees.db.test.ts', 'lib/releases/alone.db.test.ts'];
const release = ['lib/releases/release.db.test.ts'];
const judgements = ['lib/proofs/judgements.db.test.ts'];
const retirement = ['lib/proofs/retirement.db.test.ts'];
const pair = ['lib/proofs/voted-pair.db.test.ts'];
const matrix = (/** @type {string} */ name) => ['tests/authorization.db.test.ts', '-t', name];
const review = [
  'lib/reviews/review-rules.test.ts',
  'lib/reviews/review-mutations.db.test.ts',
  'lib/reviews/review-guard.db.test.ts',
];

/** @typedef {{ name: string, sql?: string, change?: { file: string, from: string, to: string }, tests: string[] }} Mutant */

const constraint = (/** @type {string} */ table, /** @type {string} */ name) => ({
  name: `database: ${name}`,
  sql: `ALTER TABLE "${table}" DROP CONSTRAINT "${name}"`,
  tests: guarantees,
});
const trigger = (/** @type {string} */ table, /** @type {string} */ name) => ({
  name: `database: ${name}`,
  sql: `DROP TRIGGER "${name}" ON "${table}"`,
  tests: guarantees,
});
const immutable = [
  'Revision',
  'Review',
  'ReleaseItem',
  'ReleaseExclusion',
  'Export',
  'AuditEvent',
  'AuditSeal',
];

/** Guarantees of the database that are taken away. @type {Mutant[]} */
export const ofDatabase = [
  constraint('Example', 'Example_approved_is_current'),
  constraint('Example', 'Example_current_is_approved'),
  constraint('Example', 'Example_currentRevisionId_fkey'),
  constraint('Example', 'Example_approvedRevision_fkey'),
  constraint('Example', 'Example_placed_at'),
  constraint('Example', 'Example_dataset_workspace_fkey'),
  constraint('Revision', 'Revision_example_workspace_fkey'),
  constraint('Review', 'Review_not_own_text'),
  constraint('Review', 'Review_revision_author_fkey'),
  constraint('Review', 'Review_revision_example_fkey'),
  constraint('Review', 'Review_example_workspace_fkey'),
  constraint('Review', 'Review_reason_when_sent_back'),
  constraint('Review', 'Review_withdrawal_names_review'),
  constraint('Brief', 'Brief_not_own_version'),
  constraint('Brief', 'Brief_approved_at'),
  constraint('Brief', 'Brief_dataset_workspace_fkey'),
  constraint('Release', 'Release_dataset_workspace_fkey'),
  constraint('Release', 'Release_brief_dataset_fkey'),
  constraint('ReleaseItem', 'ReleaseItem_decision_is_approve'),
  constraint('ReleaseItem', 'ReleaseItem_review_fkey'),
  constraint('ReleaseItem', 'ReleaseItem_revision_fkey'),
  constraint('Export', 'Export_never_held_out'),
  constraint('Export', 'Export_release_workspace_fkey'),
  constraint('Quote', 'Quote_release_workspace_fkey'),
  constraint('Run', 'Run_release_workspace_fkey'),
  trigger('Example', 'Example_guard'),
  trigger('Example', 'Example_approval_guard'),
  trigger('Review', 'Review_guard'),
  trigger('Brief', 'Brief_guard'),
  trigger('Brief', 'Brief_no_delete'),
  trigger('Release', 'Release_guard'),
  trigger('Release', 'Release_no_delete'),
  trigger('ReleaseItem', 'ReleaseItem_guard'),
  trigger('Member', 'Member_last_admin'),
  { ...constraint('Example', 'Example_spent_is_held_out'), tests: retirement },
  { ...trigger('Example', 'Example_spent_guard'), tests: retirement },
  { ...trigger('ReleaseItem', 'ReleaseItem_spent_guard'), tests: retirement },
  { ...trigger('Proof', 'Proof_order_lock'), tests: judgements },
  { ...trigger('ProofItem', 'ProofItem_order_guard'), tests: judgements },
  { ...trigger('AuditSeal', 'AuditSeal_guard'), tests: ['lib/audit/record.db.test.ts'] },
  ...['Job_limit', 'Job_limit_again'].map((name) => ({
    ...trigger('Job', name),
    tests: ['lib/job-limit.db.test.ts'],
  })),
  {
    name: 'database: rights on ErasedItem',
    sql: 'GRANT UPDATE, DELETE, TRUNCATE ON "ErasedItem" TO apprentice_app',
    tests: ['lib/lineage/lineage.db.test.ts'],
  },
  ...immutable.flatMap((table) => [
    trigger(table, `${table}_immutable`),
    trigger(table, `${table}_no_truncate`),
    {
      name: `database: rights on ${table}`,
      sql: `GRANT UPDATE, DELETE, TRUNCATE ON "${table}" TO apprentice_app`,
      tests: guarantees,
    },
  ]),
  { ...constraint('ProofPlan', 'ProofPlan_pair'), tests: pair },
];

const change = (
  /** @type {string} */ file,
  /** @type {string} */ from,
  /** @type {string} */ to,
  /** @type {string[]} */ tests,
) => ({ name: `${file}: ${from.replace(/\s+/g, ' ')}`, change: { file, from, to }, tests });

const role = (
  /** @type {string} */ permission,
  /** @type {string} */ lowest,
  /** @type {string[]} */ tests,
) =>
  change('lib/permissions.ts', `'${permission}': '${lowest}'`, `'${permission}': 'writer'`, tests);

const reviews = 'lib/reviews/review-mutations.ts';
const lock = 'lib/reviews/review-lock.ts';
const rules = 'lib/reviews/review-rules.ts';
const candidates = 'lib/releases/release-candidates.ts';
const seen = ['lib/releases/placement-seen.test.ts'];
const verifier = ['lib/exports/verify-manifest.test.ts'];
const alone = ['lib/releases/alone.db.test.ts'];

/** @type {Mutant[]} */
export const ofCode = [
  role('review:decide', 'reviewer', review),
  role('brief:approve', 'reviewer', [
    'lib/datasets/brief-rules.test.ts',
    ...matrix('approveBrief'),
  ]),
  role('release:create', 'admin', release),
  role('export:download', 'admin', release),
  role('run:create', 'admin', matrix('quotes|runs')),
  role('model:download', 'admin', matrix('adapter')),
  change(reviews, "assertCan(viewer, 'review:decide');", '', review),
  change(reviews, "if (obstacle === 'blockers')", 'if (false)', review),
  change(
    reviews,
    'const obstacle = await findObstacle(tx, viewer, example);',
    'const obstacle = null as string | null;',
    review,
  ),
  change(reviews, 'await assertAsSeen(tx, viewer, example, seen);', '', review),
  change(lock, 'example.currentRevisionId !== seen.revisionId || ', '', review),
  change(lock, ' || example.version !== seen.version', '', review),
  change(lock, "if (example.status !== 'in_review')", 'if (false)', review),
  change(lock, 'if (others.length > 0)', 'if (false)', review),
  change(
    lock,
    "if (example.datasetId !== seen.datasetId) throw new AppError('NOT_FOUND');",
    '',
    review,
  ),
  change(rules, "if (!can(reviewer.role, 'review:decide')) return 'role';", '', review),
  change(rules, "if (input.status !== 'in_review') return 'notInReview';", '', review),
  change(rules, "return 'ownText';", 'return null;', review),
  change(rules, "if (own.some((c) => c.ordinal > since)) return 'contributed';", '', review),
  change(rules, "if (input.blockers > 0) return 'blockers';", '', review),
  change(
    'lib/reviews/withdrawal-mutations.ts',
    "{ approvedRevisionId: null } : {}),\n      ...(example.status === 'approved'",
    "{} : {}),\n      ...(example.status === 'approved'",
    ['lib/reviews/review-mutations.db.test.ts'],
  ),
  change(
    'lib/examples/example-rules.ts',
    "return status === 'approved' ? 'in_review' : status;",
    'return status;',
    ['lib/reviews/review-mutations.db.test.ts', 'lib/examples/example-mutations.db.test.ts'],
  ),
  change('lib/datasets/brief-rules.ts', "if (brief.authorId === viewer.userId) return 'own';", '', [
    'lib/datasets/brief-rules.test.ts',
  ]),
  change('lib/datasets/brief-mutations.ts', "assertCan(viewer, 'brief:approve');", '', [
    'lib/datasets/brief-mutations.db.test.ts',
  ]),
  change('lib/releases/release-mutations.ts', "assertCan(viewer, 'release:create');", '', release),
  change(
    'lib/datasets/brief-rules.ts',
    "return brief.approvedVia === 'session';",
    'return true;',
    release,
  ),
  change(
    'lib/datasets/brief-rules.ts',
    "if (brief.approvedVia === 'token') return dataset.allowTokenDecisions;",
    "if (brief.approvedVia === 'token') return true;",
    ['lib/releases/token-decisions.db.test.ts'],
  ),
  change(candidates, `AND NOT d."allowTokenDecisions", false)`, 'AND false, false)', [
    'lib/releases/token-decisions.db.test.ts',
  ]),
  change(
    candidates,
    `e."status" = 'approved' AND e."binnedAt" IS NULL AND approval."id" IS NOT NULL AND NOT EXISTS (`,
    'true AND NOT EXISTS (',
    alone,
  ),
  change(
    candidates,
    `f."severity" = 'blocker' AND f."state" = 'open') AS "isApproved"`,
    `false) AS "isApproved"`,
    alone,
  ),
  change('lib/releases/release-plan.ts', '!candidate.eligible ||', '', alone),
  change('lib/releases/release-plan.ts', 'placement.conflicts.has(candidate.id)', 'false', alone),
  change('lib/releases/placement-groups.ts', "found.has('held_out')", 'false', [
    'lib/releases/placement.test.ts',
  ]),
  change(
    'lib/releases/placement.ts',
    'placing.retire(component);\n    else',
    'false;\n    else',
    seen,
  ),
  change(
    'lib/releases/placing.ts',
    "if (member.split === null) this.placed.set(member.id, 'held_out');",
    '',
    seen,
  ),
  change('lib/releases/seen-groups.ts', 'wanted.room - rows', '9999', [
    'lib/releases/seen-groups.test.ts',
  ]),
  change(candidates, 'min(p."answeredAt")', 'min(p."createdAt")', retirement),
  change(
    'lib/proofs/ledger-queries.ts',
    `OR p."id" IN (SELECT i."proofId" FROM "ProofItem" i JOIN own USING ("exampleId"))`,
    '',
    judgements,
  ),
  change('lib/proofs/proof-mutations.ts', 'ORDER BY "id" FOR NO KEY UPDATE', '', judgements),
  change('lib/proofs/plan-mutations.ts', 'if (!isPossiblePair(input))', 'if (false)', pair),
  change(
    'lib/proofs/ballot-store.ts',
    `AND \${wroteNoAnswer(Prisma.sql\`\${viewer.userId}::uuid\`)}`,
    '',
    pair,
  ),
  change('lib/proofs/ballot-mutations.ts', "proof.candidate === 'tuned' && ", '', pair),
  change(
    'lib/proofs/proof-commitment.ts',
    "...(candidate === 'tuned' ? {} : { candidate }),",
    '',
    pair,
  ),
  change('lib/proofs/judge.ts', "plan.candidate === 'tuned'", 'true', pair),
  change(
    'lib/exports/export-render.ts',
    `AND i."split" = \${split}::"Split"`,
    `AND (i."split" = \${split}::"Split" OR i."split" = 'held_out')`,
    release,
  ),
  change('lib/exports/export-queries.ts', "assertCan(viewer, 'export:download');", '', release),
  change('lib/exports/export-queries.ts', 'workspaceId: viewer.workspaceId,', '', release),
  change('lib/exports/export-queries.ts', 'if (count > 0)', 'if (false)', release),
  change(
    'lib/training/quote-mutations.ts',
    "assertCan(viewer, 'run:create');",
    '',
    matrix('quotes'),
  ),
  change('lib/training/run-mutations.ts', "assertCan(viewer, 'run:create');", '', matrix('/runs')),
  change('lib/training/run-mutations.ts', 'if (count > 0)', 'if (false)', alone),
  change(
    'lib/training/run-mutations.ts',
    "if (quote.release.state !== 'frozen')",
    'if (false)',
    alone,
  ),
  change(
    'lib/exports/verify-manifest.ts',
    'if (sha256(line) !== row.lineSha256)',
    'if (false)',
    verifier,
  ),
  change(
    'lib/exports/verify-manifest.ts',
    'if (contentHash(whole) !== row.contentHash)',
    'if (false)',
    verifier,
  ),
  change(
    'lib/exports/verify-manifest.ts',
    'if (row.reviewerId === row.authorId)',
    'if (false)',
    verifier,
  ),
  change(
    'lib/exports/verify-manifest.ts',
    "if (result.signature === 'invalid')",
    'if (false)',
    verifier,
  ),
];
