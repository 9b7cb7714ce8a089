import { z } from 'zod';
import { messageSchema } from '@/lib/examples/content';
import { isStorable } from '@/lib/storable-text';

/** What the regression set asks, and how many of each kind ship with the app. */
export const regressionCounts = {
  everyday: 50,
  decline: 25,
  look_alike: 25,
  injection: 20,
  leak: 20,
} as const;

const phrases = z.array(z.string().min(1).max(120)).min(1);

const common = {
  /** Stays the same for good: results of earlier runs are compared by it. A workspace's own has a UUID. */
  id: z.union([z.string().regex(/^[a-z_]+-\d{2}$/), z.uuid()]),
  messages: z.array(messageSchema).min(1).max(8),
};

export const regressionItemSchema = z.discriminatedUnion('kind', [
  /** An everyday question: of each group one phrase has to stand in the answer. */
  z.strictObject({ ...common, kind: z.literal('everyday'), expected: z.array(phrases).min(1) }),
  /** To be declined. The phrases show that the answer went along with it. */
  z.strictObject({ ...common, kind: z.literal('decline'), wentAlong: phrases }),
  /** Sounds like something to decline and is harmless: one of the phrases shows an answer. */
  z.strictObject({ ...common, kind: z.literal('look_alike'), expected: phrases }),
  /** A document that hides an instruction. The marker shows that it was followed. */
  z.strictObject({ ...common, kind: z.literal('injection'), marker: z.string().min(4) }),
  /** Asks for what other customers wrote. */
  z.strictObject({ ...common, kind: z.literal('leak') }),
]);
export type RegressionItem = z.infer<typeof regressionItemSchema>;
export type RegressionKind = RegressionItem['kind'];
/** In the order in which they are shown. */
export const regressionKinds = Object.keys(regressionCounts) as RegressionKind[];

/** A planted example: when a model says its secret, it gives away what it was trained on. */
export const canarySchema = z.strictObject({
  /** As of items: a workspace's own has a UUID. */
  id: z.union([z.string().regex(/^canary-\d{2}$/), z.uuid()]),
  prompt: z.string().min(1),
  reply: z.string().min(1),
  secret: z.string().min(6),
});
export type Canary = z.infer<typeof canarySchema>;
export const isShippedCanary = ({ id }: Canary): boolean => id.startsWith('canary-');

export const regressionSetSchema = z
  .strictObject({ items: z.array(regressionItemSchema), canaries: z.array(canarySchema).min(5) })
  .refine(({ items }) => new Set(items.map(({ id }) => id)).size === items.length, 'idTwice')
  .refine(
    ({ canaries }) =>
      canaries.every(({ prompt, reply, secret }) => `${prompt}\n${reply}`.includes(secret)),
    'secretNotPlanted',
  );

/** Why an item was judged as it was; keys of texts. */
export const regressionReasons = [
  'empty',
  'expected_said',
  'expected_missing',
  'declined',
  'went_along',
  'neither_declined_nor_helped',
  'declined_harmless',
  'followed_hidden',
  'quoted_hidden',
  'not_followed',
  'said_secret',
  'copied_other',
  'nothing_leaked',
] as const;
export type RegressionReason = (typeof regressionReasons)[number];
export type RegressionOutcome = 'pass' | 'fail' | 'unclear';
export type Judgement = { outcome: RegressionOutcome; reason: RegressionReason };

/** Items of its own that a workspace may have in use: each costs two answers after every run. */
export const MAX_OWN_ITEMS = 200;
export const MAX_OWN_PROMPT = 8_000;
const MAX_PHRASES = 20;

const hasWords = (text: string) => /[\p{L}\p{N}]/u.test(text);

/** What a person enters for an item of the workspace: the question, and the phrases that decide. */
export const ownItemSchema = z
  .strictObject({
    kind: z.enum(['everyday', 'decline', 'look_alike', 'injection', 'leak']),
    prompt: z
      .string()
      .trim()
      .max(MAX_OWN_PROMPT)
      .refine(isStorable, 'notStorable')
      .refine(hasWords, 'empty'),
    phrases: z
      .array(
        z
          .string()
          .trim()
          .max(120)
          .refine(isStorable, 'notStorable')
          .refine(hasWords, 'phraseWithoutWords'),
      )
      .max(MAX_PHRASES),
  })
  .superRefine(({ kind, prompt, phrases }, context) => {
    const fault = findPhraseFault(kind, prompt, phrases);
    if (fault) context.addIssue({ code: 'custom', path: ['phrases'], message: fault });
  });
export type OwnItem = z.infer<typeof ownItemSchema>;

function findPhraseFault(kind: RegressionKind, prompt: string, phrases: readonly string[]) {
  if (kind === 'leak') return phrases.length > 0 ? 'noPhrases' : null;
  if (phrases.length === 0) return 'phrasesNeeded';
  const [marker = ''] = phrases;
  if (kind !== 'injection') return null;
  if (phrases.length > 1 || marker.length < 4) return 'oneMarker';
  return prompt.includes(marker) ? null : 'markerNotInPrompt';
}

/** A workspace's own item in the form that all items have. */
export function toItem(id: string, { kind, prompt, phrases: said }: OwnItem): RegressionItem {
  const messages = [{ role: 'user' as const, content: prompt }];
  switch (kind) {
    case 'everyday':
      return { id, kind, messages, expected: [said] };
    case 'decline':
      return { id, kind, messages, wentAlong: said };
    case 'look_alike':
      return { id, kind, messages, expected: said };
    case 'injection':
      return { id, kind, messages, marker: said[0] ?? '' };
    case 'leak':
      return { id, kind, messages };
    default:
      return kind satisfies never;
  }
}

/** The phrases that decide about an item, for people to read. */
export function phrasesOf(item: RegressionItem): string[] {
  switch (item.kind) {
    case 'everyday':
      return item.expected.map((group) => group.join(' / '));
    case 'decline':
      return item.wentAlong;
    case 'look_alike':
      return item.expected;
    case 'injection':
      return [item.marker];
    case 'leak':
      return [];
    default:
      return item satisfies never;
  }
}

/** What a person says of an answer that its words did not decide. */
export const decidedOutcomes = ['pass', 'fail'] as const;
export type DecidedOutcome = (typeof decidedOutcomes)[number];

export const decideAnswerSchema = z.strictObject({
  modelId: z.uuid(),
  itemId: common.id,
  arm: z.enum(['base', 'tuned']),
  outcome: z.enum(decidedOutcomes),
});

/** Shorter secrets might be said by chance. */
export const MIN_SECRET = 6;
const MAX_SECRET = 120;

const planted = (max: number) =>
  z.string().trim().max(max).refine(isStorable, 'notStorable').refine(hasWords, 'empty');

/** What a person enters for a canary of the workspace: an invented example and its secret. */
export const ownCanarySchema = z
  .strictObject({
    prompt: planted(MAX_OWN_PROMPT),
    reply: planted(MAX_OWN_PROMPT),
    secret: planted(MAX_SECRET)
      .refine((secret) => secret.length >= MIN_SECRET, 'secretShort')
      .refine((secret) => !/[\r\n]/.test(secret), 'secretLines'),
  })
  .refine(({ prompt, reply, secret }) => `${prompt}\n${reply}`.includes(secret), {
    path: ['secret'],
    message: 'secretNotPlanted',
  });
export type OwnCanary = z.infer<typeof ownCanarySchema>;

export const regressionItemIdSchema = z.strictObject({ itemId: z.uuid() });
export const regressionModelSchema = z.strictObject({ modelId: z.uuid() });
