import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { BriefContent } from '@/lib/datasets/brief-schema';
import { can, type Role } from '@/lib/permissions';

/** SHA-256, hex, over the canonical JSON (RFC 8785) of exactly what people write in a brief. */
export function briefHash(content: BriefContent): string {
  const { task, systemPrompt, guidelines, slots, rules } = content;
  return createHash('sha256')
    .update(canonicalize({ task, systemPrompt, guidelines, slots, rules }) as string)
    .digest('hex');
}

/** Whether examples must be checked again: the checks read the rules and the slots, nothing else. */
export function needsRecheck(
  before: Pick<BriefContent, 'rules' | 'slots'>,
  after: Pick<BriefContent, 'rules' | 'slots'>,
): boolean {
  const essence = ({ rules, slots }: Pick<BriefContent, 'rules' | 'slots'>) =>
    canonicalize({
      // A name is for people; the order of rules changes no finding.
      rules: rules
        .map(({ name: _, ...rule }) => rule)
        .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
      slots: [...slots].sort(),
    });
  return essence(before) !== essence(after);
}

type Approval = { approvedVia: 'session' | 'token' | null };

/** Whether a release may use a version: one that only a program approved, where the dataset allows that. */
export function isInForce(brief: Approval, dataset: { allowTokenDecisions: boolean }): boolean {
  if (brief.approvedVia === 'token') return dataset.allowTokenDecisions;
  return brief.approvedVia === 'session';
}

/** The same as a condition of a query. */
export const inForce = {
  OR: [
    { approvedVia: 'session' as const },
    { approvedVia: 'token' as const, dataset: { allowTokenDecisions: true } },
  ],
};

export type ApprovalBar = 'role' | 'own' | 'approved' | 'superseded';

/**
 * Why somebody cannot approve a version of a brief; null when they can. A person may approve once
 * more what a program approved, until a release uses it.
 */
export function whyNotApprove(
  viewer: { userId: string; role: Role; via: 'session' | 'token' },
  brief: Approval & { authorId: string; version: number; isReleased: boolean },
  newestVersion: number,
): ApprovalBar | null {
  const isReplaceable =
    brief.approvedVia === 'token' && viewer.via === 'session' && !brief.isReleased;
  if (brief.approvedVia && !isReplaceable) return 'approved';
  if (brief.version < newestVersion) return 'superseded';
  if (brief.authorId === viewer.userId) return 'own';
  return can(viewer.role, 'brief:approve') ? null : 'role';
}
