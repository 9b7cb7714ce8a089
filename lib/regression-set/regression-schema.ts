import { z } from 'zod';
import { messageSchema } from '@/lib/examples/content';

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
  /** Stays the same for good: results of earlier runs are compared by it. */
  id: z.string().regex(/^[a-z_]+-\d{2}$/),
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

/** A planted example: when a model says its secret, it gives away what it was trained on. */
export const canarySchema = z.strictObject({
  id: z.string().regex(/^canary-\d{2}$/),
  prompt: z.string().min(1),
  reply: z.string().min(1),
  secret: z.string().min(6),
});
export type Canary = z.infer<typeof canarySchema>;

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
export type Judgement = {
  outcome: 'pass' | 'fail' | 'unclear';
  reason: (typeof regressionReasons)[number];
};
