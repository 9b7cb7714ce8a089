import { type HouseRule, phrasesOf } from '@/lib/checks/rule-schema';

const quoted = (texts: readonly string[], word: 'or' | 'and') =>
  texts.map((text) => `"${text}"`).join(` ${word} `);

/** What a rule asks for, as a line of a prompt. */
export function ruleInWords(rule: HouseRule): string {
  const phrases = phrasesOf(rule);
  switch (rule.kind) {
    case 'banned_phrase':
      return `Never write ${quoted(phrases, 'or')}.`;
    case 'begins_with':
      return `Begin with ${quoted(phrases, 'or')}.`;
    case 'ends_with':
      return `End with ${quoted(phrases, 'or')}.`;
    case 'must_mention':
      return `Mention ${rule.match === 'all' ? '' : 'at least one of '}${quoted(phrases, rule.match === 'all' ? 'and' : 'or')}.`;
    case 'length': {
      const parts = [
        rule.min === undefined ? null : `at least ${rule.min}`,
        rule.max === undefined ? null : `at most ${rule.max}`,
      ].filter((part) => part !== null);
      return `Write ${parts.join(' and ')} ${rule.unit}.`;
    }
    default:
      throw new Error(`no words for ${(rule satisfies never as HouseRule).kind}`);
  }
}

/**
 * The best instructions that the brief can give: its system prompt, guidelines, rules in words
 * and slots. What the base model with examples gets as its system message.
 */
export function briefInWords(
  systemPrompt: string,
  brief: { guidelines: string; rules: readonly HouseRule[]; slots: readonly string[] },
): string {
  const parts = [systemPrompt];
  if (brief.guidelines.trim()) parts.push(`Guidelines:\n${brief.guidelines.trim()}`);
  if (brief.rules.length > 0)
    parts.push(`Rules:\n${brief.rules.map((rule) => `- ${ruleInWords(rule)}`).join('\n')}`);
  if (brief.slots.length > 0)
    parts.push(
      `Where a detail is filled in later, write one of these placeholders: ${brief.slots
        .map((slot) => `{{${slot}}}`)
        .join(', ')}.`,
    );
  return parts.join('\n\n');
}
