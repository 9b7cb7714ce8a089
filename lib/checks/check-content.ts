import { type FoldedText, foldPhrase, foldText, isWordBoundary } from '@/lib/checks/fold-text';
import { type HouseRule, phrasesOf } from '@/lib/checks/rule-schema';
import { findSlotFaults, slotSpans } from '@/lib/checks/slot-checks';
import { countCharacters, countWords } from '@/lib/checks/text-length';

/** Findings of one rule past this many say nothing new. */
export const MAX_FINDINGS_PER_RULE = 50;

/** Every kind of finding that the rules of a brief can make. */
export const checkNames = [
  'banned_phrase',
  'begins_with',
  'ends_with',
  'must_mention',
  'length',
  'unknown_slot',
  'half_open_slot',
] as const;
export type CheckName = (typeof checkNames)[number];

/** What checks need of a brief. */
export type BriefForChecks = { rules: HouseRule[]; slots: string[] };

/** A machine's finding about a reply. Spans are UTF-16 offsets in the reply; null for the whole reply. */
export type CheckFinding = {
  check: CheckName;
  ruleId: string | null;
  severity: 'blocker' | 'warning';
  spanStart: number | null;
  spanEnd: number | null;
  /** Values of the message. Several phrases in one value are separated by a line break. */
  detail: Record<string, string | number>;
};

/**
 * Checks a reply against the rules and the slots of a brief. Pure and linear in the reply; the
 * same function runs while typing, in review, at release and over models' answers.
 */
export function checkContent(brief: BriefForChecks, content: { reply: string }): CheckFinding[] {
  const { reply } = content;
  const subject: Subject = { reply, folded: foldText(reply), slots: slotSpans(reply) };
  const slotFindings = findSlotFaults(reply, brief.slots, MAX_FINDINGS_PER_RULE).map(
    ({ check, start, end, ...detail }): CheckFinding => ({
      check,
      ruleId: null,
      severity: 'blocker',
      spanStart: start,
      spanEnd: end,
      detail: { found: reply.slice(start, end), ...detail },
    }),
  );
  return [...slotFindings, ...brief.rules.flatMap((rule) => checkRule(rule, subject))];
}

/** Whether something prevents an approval. */
export function hasBlocker(findings: readonly { severity: 'blocker' | 'warning' }[]): boolean {
  return findings.some((finding) => finding.severity === 'blocker');
}

/** Whether a reply keeps every rule, warnings included. */
export function passes(findings: readonly CheckFinding[]): boolean {
  return findings.length === 0;
}

type Subject = { reply: string; folded: FoldedText; slots: { start: number; end: number }[] };

function checkRule(rule: HouseRule, subject: Subject): CheckFinding[] {
  const finding = (
    detail: CheckFinding['detail'],
    span?: { start: number; end: number },
  ): CheckFinding => ({
    check: rule.kind,
    ruleId: rule.id,
    severity: rule.severity,
    spanStart: span?.start ?? null,
    spanEnd: span?.end ?? null,
    detail,
  });
  switch (rule.kind) {
    case 'banned_phrase':
      return findBanned(rule, subject).map(({ phrase, ...span }) =>
        finding({ phrase, found: subject.reply.slice(span.start, span.end) }, span),
      );
    case 'begins_with':
      return foldedPhrases(rule).some((text) => beginsWith(subject.folded.text, text))
        ? []
        : [finding({ texts: rule.texts.join('\n') })];
    case 'ends_with':
      return foldedPhrases(rule).some((text) => endsWith(subject.folded.text, text))
        ? []
        : [finding({ texts: rule.texts.join('\n') })];
    case 'must_mention': {
      const folded = foldedPhrases(rule);
      const missing = rule.phrases.filter(
        (_, index) => !mentions(subject, folded[index] as string),
      );
      const holds =
        rule.match === 'all' ? missing.length === 0 : missing.length < rule.phrases.length;
      return holds ? [] : [finding({ match: rule.match, phrases: missing.join('\n') })];
    }
    case 'length': {
      const actual =
        rule.unit === 'words' ? countWords(subject.reply) : countCharacters(subject.reply);
      if (rule.min !== undefined && actual < rule.min) {
        return [finding({ unit: rule.unit, actual, min: rule.min })];
      }
      if (rule.max !== undefined && actual > rule.max) {
        return [finding({ unit: rule.unit, actual, max: rule.max })];
      }
      return [];
    }
    default:
      throw new Error(`no check for ${(rule satisfies never as HouseRule).kind}`);
  }
}

const folding = new WeakMap<HouseRule, string[]>();

/** Rules are never changed in place, so what they are compared as is worked out once. */
function foldedPhrases(rule: HouseRule): string[] {
  let phrases = folding.get(rule);
  if (!phrases) {
    phrases = phrasesOf(rule).map(foldPhrase);
    folding.set(rule, phrases);
  }
  return phrases;
}

type Span = { start: number; end: number };

function findBanned(rule: Extract<HouseRule, { kind: 'banned_phrase' }>, subject: Subject) {
  const found: (Span & { phrase: string })[] = [];
  const folded = foldedPhrases(rule);
  for (const [index, phrase] of rule.phrases.entries()) {
    for (const span of matches(subject, folded[index] as string)) {
      found.push({ phrase, ...span });
      if (found.length >= MAX_FINDINGS_PER_RULE) return found;
    }
  }
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

function mentions(subject: Subject, phrase: string): boolean {
  return !matches(subject, phrase).next().done;
}

/** Where a folded phrase stands as whole words, in offsets of the reply; not inside the name of a slot. */
function* matches({ folded, slots }: Subject, phrase: string): Generator<Span> {
  if (phrase === '') return;
  const namesSlot = phrase.includes('{{');
  let slot = 0;
  let at = folded.text.indexOf(phrase);
  while (at !== -1) {
    const after = at + phrase.length;
    if (isWordBoundary(folded.text, at) && isWordBoundary(folded.text, after)) {
      const start = folded.starts[at] as number;
      const end = folded.ends[after - 1] as number;
      while (slot < slots.length && (slots[slot] as Span).end < end) slot += 1;
      const inSlot = slot < slots.length && (slots[slot] as Span).start <= start;
      if (namesSlot || !inSlot) {
        yield { start, end };
        at = folded.text.indexOf(phrase, after);
        continue;
      }
    }
    at = folded.text.indexOf(phrase, at + 1);
  }
}

function beginsWith(text: string, wanted: string): boolean {
  const at = text.startsWith(' ') ? 1 : 0;
  return text.startsWith(wanted, at) && isWordBoundary(text, at + wanted.length);
}

function endsWith(text: string, wanted: string): boolean {
  const end = text.endsWith(' ') ? text.length - 1 : text.length;
  return text.endsWith(wanted, end) && isWordBoundary(text, end - wanted.length);
}
