import {
  type HouseRule,
  houseRuleSchema,
  phrasesOf,
  type RuleKind,
} from '@/lib/checks/rule-schema';

/** A rule while its form is open: everything may still be empty. */
export type RuleDraft = {
  id: string;
  kind: RuleKind;
  name: string;
  severity: 'blocker' | 'warning';
  /** One phrase on each line. */
  phrases: string;
  match: 'any' | 'all';
  unit: 'words' | 'characters';
  min: number | null;
  max: number | null;
};

export function newRuleDraft(kind: RuleKind): RuleDraft {
  return {
    id: crypto.randomUUID(),
    kind,
    name: '',
    severity: 'warning',
    phrases: '',
    match: 'any',
    unit: 'words',
    min: null,
    max: null,
  };
}

export function toRuleDraft(rule: HouseRule): RuleDraft {
  return {
    ...newRuleDraft(rule.kind),
    id: rule.id,
    name: rule.name ?? '',
    severity: rule.severity,
    phrases: phrasesOf(rule).join('\n'),
    ...(rule.kind === 'must_mention' ? { match: rule.match } : {}),
    ...(rule.kind === 'length'
      ? { unit: rule.unit, min: rule.min ?? null, max: rule.max ?? null }
      : {}),
  };
}

function toInput(draft: RuleDraft): unknown {
  const { id, kind, severity } = draft;
  const name = draft.name.trim();
  const common = { id, kind, severity, ...(name === '' ? {} : { name }) };
  const phrases = draft.phrases
    .split('\n')
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');
  switch (kind) {
    case 'banned_phrase':
      return { ...common, phrases };
    case 'must_mention':
      return { ...common, phrases, match: draft.match };
    case 'begins_with':
    case 'ends_with':
      return { ...common, texts: phrases };
    case 'length':
      return {
        ...common,
        unit: draft.unit,
        ...(draft.min === null ? {} : { min: draft.min }),
        ...(draft.max === null ? {} : { max: draft.max }),
      };
  }
}

export type RuleField = 'name' | 'phrases' | 'min' | 'max';

/** The rule, or the keys of `checks.errors` by field of the form. */
export function parseRuleDraft(
  draft: RuleDraft,
): { rule: HouseRule } | { errors: Partial<Record<RuleField, string>> } {
  const parsed = houseRuleSchema.safeParse(toInput(draft));
  if (parsed.success) return { rule: parsed.data };
  const errors: Partial<Record<RuleField, string>> = {};
  for (const issue of parsed.error.issues) {
    const [field] = issue.path;
    const known = field === 'name' || field === 'min' || field === 'max' ? field : 'phrases';
    errors[known] ??= issue.message;
  }
  return { errors };
}
