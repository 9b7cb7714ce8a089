import 'server-only';
import { checkExample } from '@/lib/checks/check-example';
import { type HouseRule, houseRulesSchema } from '@/lib/checks/rule-schema';
import type { Tx } from '@/lib/db';
import type { DraftContent } from '@/lib/examples/content';
import type { Prisma } from '@/prisma/generated/client';

export type BriefForChecks = { id: string; rules: HouseRule[]; slots: string[] };

/** The brief in force for checks: the newest version, approved or not. Null before the first. */
export async function loadBriefForChecks(
  tx: Tx,
  datasetId: string,
): Promise<BriefForChecks | null> {
  const brief = await tx.brief.findFirst({
    where: { datasetId },
    orderBy: { version: 'desc' },
    select: { id: true, rules: true, slots: true },
  });
  return brief && { ...brief, rules: houseRulesSchema.parse(brief.rules) };
}

const fingerprint = (f: { check: string; ruleId: string | null; detail: unknown }) =>
  JSON.stringify([f.check, f.ruleId, Object.entries(f.detail as object).sort()]);

/**
 * Replaces the findings of an example by those of the given text. A warning that a person
 * dismissed stays dismissed as long as the same finding comes up again.
 */
export async function refreshFindings(
  tx: Tx,
  input: {
    workspaceId: string;
    datasetId: string;
    exampleId: string;
    revisionId: string;
    content: DraftContent;
    brief: BriefForChecks | null;
  },
): Promise<{ blockers: number; warnings: number }> {
  const { brief, content, ...ids } = input;
  const found = checkExample(brief ?? { rules: [], slots: [] }, content);
  const dismissed = await tx.finding.findMany({
    where: { exampleId: ids.exampleId, state: 'dismissed' },
    select: { check: true, ruleId: true, detail: true, dismissedById: true, dismissReason: true },
  });
  const dismissals = new Map(dismissed.map((f) => [fingerprint(f), f]));
  await tx.finding.deleteMany({ where: { exampleId: ids.exampleId } });
  if (found.length > 0) {
    await tx.finding.createMany({
      data: found.map((finding) => {
        const earlier =
          finding.severity === 'warning' ? dismissals.get(fingerprint(finding)) : undefined;
        return {
          ...ids,
          ...finding,
          detail: finding.detail as Prisma.InputJsonObject,
          state: earlier ? ('dismissed' as const) : ('open' as const),
          dismissedById: earlier?.dismissedById ?? null,
          dismissReason: earlier?.dismissReason ?? null,
        };
      }),
    });
  }
  const blockers = found.filter((f) => f.severity === 'blocker').length;
  return { blockers, warnings: found.length - blockers };
}
