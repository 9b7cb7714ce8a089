import { z } from 'zod';
import { isStorable } from '@/lib/storable-text';

export const MAX_RULES = 100;
export const MAX_PHRASES = 100;
/** Over all rules of a brief: bounds the work of one check. */
export const MAX_PHRASES_IN_ALL = 1_000;
export const MAX_PHRASE_LENGTH = 200;

export const ruleKinds = [
  'banned_phrase',
  'begins_with',
  'ends_with',
  'must_mention',
  'length',
] as const;
export type RuleKind = (typeof ruleKinds)[number];
export const severities = ['blocker', 'warning'] as const;
export type Severity = (typeof severities)[number];

/** A phrase that can match something: more than white space, storable. Messages are keys of `checks.errors`. */
const phraseSchema = z
  .string()
  .max(MAX_PHRASE_LENGTH, 'tooLong')
  .refine((text) => text.replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, '').length > 0, 'empty')
  .refine(isStorable, 'notText');

const phrasesSchema = z
  .array(phraseSchema)
  .min(1, 'noPhrase')
  .max(MAX_PHRASES, 'tooManyPhrases')
  .refine(
    (phrases) => new Set(phrases.map((phrase) => phrase.trim())).size === phrases.length,
    'phraseTwice',
  );

const common = {
  /** Stays the same over versions of the brief, so that findings and dismissals can be carried over. */
  id: z.uuid('badId'),
  name: z.string().trim().max(80, 'tooLong').refine(isStorable, 'notText').optional(),
  severity: z.enum(severities).default('warning'),
};

const limitSchema = z
  .number('badNumber')
  .int('badNumber')
  .min(1, 'badNumber')
  .max(100_000, 'badNumber');

/** One house-style rule of a brief. */
export const houseRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('banned_phrase'), phrases: phrasesSchema }),
  /** The reply begins with any one of the texts. */
  z.strictObject({ ...common, kind: z.literal('begins_with'), texts: phrasesSchema }),
  /** The reply ends with any one of the texts. */
  z.strictObject({ ...common, kind: z.literal('ends_with'), texts: phrasesSchema }),
  z.strictObject({
    ...common,
    kind: z.literal('must_mention'),
    phrases: phrasesSchema,
    match: z.enum(['any', 'all']).default('any'),
  }),
  z
    .strictObject({
      ...common,
      kind: z.literal('length'),
      unit: z.enum(['words', 'characters']),
      min: limitSchema.optional(),
      max: limitSchema.optional(),
    })
    .refine((rule) => rule.min !== undefined || rule.max !== undefined, {
      message: 'noLimit',
      path: ['max'],
    })
    .refine((rule) => rule.min === undefined || rule.max === undefined || rule.min <= rule.max, {
      message: 'minAboveMax',
      path: ['max'],
    }),
]);

export type HouseRule = z.infer<typeof houseRuleSchema>;

/** The phrases or texts of a rule; none for a length. */
export function phrasesOf(rule: HouseRule): string[] {
  if (rule.kind === 'length') return [];
  return rule.kind === 'begins_with' || rule.kind === 'ends_with' ? rule.texts : rule.phrases;
}

/** All rules of a brief, in the order that people gave them. */
export const houseRulesSchema = z
  .array(houseRuleSchema)
  .max(MAX_RULES, 'tooManyRules')
  .refine((rules) => new Set(rules.map((rule) => rule.id)).size === rules.length, 'ruleTwice')
  .refine(
    (rules) => rules.reduce((sum, rule) => sum + phrasesOf(rule).length, 0) <= MAX_PHRASES_IN_ALL,
    'tooManyPhrasesInAll',
  );

/** The name of a slot, without braces. */
export const slotNameSchema = z
  .string()
  .max(64, 'tooLong')
  .regex(/^[a-z0-9_]+$/, 'badSlotName');

export const slotsSchema = z
  .array(slotNameSchema)
  .max(200, 'tooManySlots')
  .refine((slots) => new Set(slots).size === slots.length, 'slotTwice');
