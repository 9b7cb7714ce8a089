import type { HouseRule } from '@/lib/checks/rule-schema';
import type { BriefContent } from '@/lib/datasets/brief-schema';
import { diffTexts, type TextPart } from '@/lib/text-diff';

export type RuleChange =
  | { kind: 'added' | 'removed'; rule: HouseRule }
  | { kind: 'changed'; rule: HouseRule; before: HouseRule };

/** Rules by their id; those that stayed the same are left out, and so is a new order. */
export function diffRules(before: HouseRule[], after: HouseRule[]): RuleChange[] {
  const old = new Map(before.map((rule) => [rule.id, rule]));
  const kept = new Set(after.map((rule) => rule.id));
  const changes: RuleChange[] = [];
  for (const rule of after) {
    const earlier = old.get(rule.id);
    if (!earlier) changes.push({ kind: 'added', rule });
    else if (JSON.stringify(earlier) !== JSON.stringify(rule)) {
      changes.push({ kind: 'changed', rule, before: earlier });
    }
  }
  for (const rule of before) if (!kept.has(rule.id)) changes.push({ kind: 'removed', rule });
  return changes;
}

export type BriefDiff = {
  texts: { field: 'task' | 'systemPrompt' | 'guidelines'; pieces: TextPart[] }[];
  slots: { added: string[]; removed: string[] };
  rules: RuleChange[];
};

/** What differs between two versions of a brief; parts without a difference are left out. */
export function diffBriefs(before: BriefContent, after: BriefContent): BriefDiff {
  const fields = ['task', 'systemPrompt', 'guidelines'] as const;
  return {
    texts: fields
      .filter((field) => before[field] !== after[field])
      .map((field) => ({ field, pieces: diffTexts(before[field], after[field]) })),
    slots: {
      added: after.slots.filter((slot) => !before.slots.includes(slot)),
      removed: before.slots.filter((slot) => !after.slots.includes(slot)),
    },
    rules: diffRules(before.rules, after.rules),
  };
}

export function isEmptyDiff({ texts, slots, rules }: BriefDiff): boolean {
  return texts.length + slots.added.length + slots.removed.length + rules.length === 0;
}
