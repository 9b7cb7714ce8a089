import 'server-only';
import { type CheckFinding, checkContent } from '@/lib/checks/check-content';
import {
  MAX_TRIAL_LINKS,
  type RuleTrial,
  type RuleTrialPart,
  SLOT_CHECKS,
  type TrialFlag,
} from '@/lib/checks/rule-trial-schema';
import { getDataset } from '@/lib/datasets/dataset-queries';
import { db } from '@/lib/db';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

const BATCH = 200;
/** One answer takes about this long at most; the page asks for the next part and shows how far it is. */
const PART_MS = 700;

const inUse = (viewer: Viewer, datasetId: string) => ({
  datasetId,
  workspaceId: viewer.workspaceId,
  binnedAt: null,
  status: { not: 'retired' as const },
});

/** How many examples a trial looks at: all but the retired ones. */
export async function countExamplesInUse(viewer: Viewer, datasetId: string): Promise<number> {
  assertCan(viewer, 'example:read');
  return db.example.count({ where: inUse(viewer, datasetId) });
}

/**
 * Tries rules that are not saved yet on the current revisions, from an example number on. Reads
 * in batches and stops after a while, so that neither memory nor time grow with the dataset.
 */
export async function tryRules(viewer: Viewer, trial: RuleTrial): Promise<RuleTrialPart> {
  assertCan(viewer, 'brief:edit');
  await getDataset(viewer, trial.datasetId);
  const part: RuleTrialPart = { checked: 0, next: trial.after, flagged: {} };
  const start = performance.now();
  while (part.next !== null && performance.now() - start < PART_MS) {
    const examples: TrialExample[] = await db.example.findMany({
      where: { ...inUse(viewer, trial.datasetId), number: { gt: part.next } },
      orderBy: { number: 'asc' },
      take: BATCH,
      select: {
        id: true,
        number: true,
        status: true,
        currentRevision: { select: { replyText: true } },
      },
    });
    for (const example of examples) countFlags(part, trial, example);
    part.checked += examples.length;
    part.next = examples.length < BATCH ? null : (examples.at(-1)?.number ?? null);
  }
  return part;
}

type TrialExample = {
  id: string;
  number: number;
  status: string;
  currentRevision: { replyText: string } | null;
};

function countFlags(part: RuleTrialPart, trial: RuleTrial, example: TrialExample): void {
  const reply = example.currentRevision?.replyText;
  if (reply === undefined) return;
  const seen = new Set<string>();
  for (const finding of checkContent(trial, { reply })) {
    const key = finding.ruleId ?? SLOT_CHECKS;
    if (seen.has(key)) continue;
    seen.add(key);
    part.flagged[key] ??= { count: 0, examples: [] };
    const flagged = part.flagged[key];
    flagged.count += 1;
    if (flagged.examples.length < MAX_TRIAL_LINKS)
      flagged.examples.push(toFlag(example, reply, finding));
  }
}

const EXCERPT_CONTEXT = 40;

function toFlag(example: TrialExample, reply: string, finding: CheckFinding): TrialFlag {
  const from = Math.max(0, (finding.spanStart ?? 0) - EXCERPT_CONTEXT);
  const to = Math.min(reply.length, (finding.spanEnd ?? EXCERPT_CONTEXT) + EXCERPT_CONTEXT);
  const excerpt = reply.slice(from, Math.min(to, from + 4 * EXCERPT_CONTEXT)).toWellFormed();
  return {
    exampleId: example.id,
    number: example.number,
    status: example.status,
    excerpt: `${from > 0 ? '…' : ''}${excerpt.replace(/\s+/gu, ' ')}${to < reply.length ? '…' : ''}`,
  };
}
