import { diffWordsWithSpace } from 'diff';
import type { HouseRule } from '@/lib/checks/rule-schema';
import type { BriefContent } from '@/lib/datasets/brief-schema';

export type DiffPiece = { text: string; kind: 'same' | 'inserted' | 'deleted' };

/** Texts that share almost nothing take long to compare; past this both are shown whole. */
const DIFF_TIMEOUT_MS = 400;

/** What went and what came, by words. */
export function diffText(before: string, after: string): DiffPiece[] {
  if (before === after) return after === '' ? [] : [{ text: after, kind: 'same' }];
  const changes = diffWordsWithSpace(before, after, { timeout: DIFF_TIMEOUT_MS });
  if (!changes) {
    return [
      { text: before, kind: 'deleted' },
      { text: after, kind: 'inserted' },
    ];
  }
  return changes.map(({ value, added, removed }) => ({
    text: value,
    kind: added ? 'inserted' : removed ? 'deleted' : 'same',
  }));
}

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
  texts: { field: 'task' | 'systemPrompt' | 'guidelines'; pieces: DiffPiece[] }[];
  slots: { added: string[]; removed: string[] };
  rules: RuleChange[];
};

/** What differs between two versions of a brief; parts without a difference are left out. */
export function diffBriefs(before: BriefContent, after: BriefContent): BriefDiff {
  const fields = ['task', 'systemPrompt', 'guidelines'] as const;
  return {
    texts: fields
      .filter((field) => before[field] !== after[field])
      .map((field) => ({ field, pieces: diffText(before[field], after[field]) })),
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
