import { z } from 'zod';

export const proofMeasures = ['blind_votes', 'rule_pass_rate', 'whole_document'] as const;
export type ProofMeasure = (typeof proofMeasures)[number];

/** In the order in which tables show them. */
export const proofArms = ['base', 'base_examples', 'tuned', 'nearest'] as const;
export type ProofArm = (typeof proofArms)[number];

/** Whom the candidate of a vote can be compared with. */
export const opponentArms = ['base', 'base_examples', 'nearest'] as const;
export type OpponentArm = (typeof opponentArms)[number];

export const voteChoices = ['a', 'b', 'tie', 'both_bad'] as const;
export type VoteChoice = (typeof voteChoices)[number];

/** Which part of the held-out examples is spoken of: by whether their reply also stands in training. */
export const replyKinds = ['fresh', 'known', 'all'] as const;
export type ReplyKind = (typeof replyKinds)[number];

/** Past this many held-out prompts the rest adds little and takes hours; groups are drawn at random. */
export const MAX_PROOF_ROWS = 400;
/** Validation prompts that choose the base arm to be voted against. */
export const MAX_VALIDATION_ROWS = 100;
/** Every so many examples a voter is asked which answer is the new model's. */
export const GUESS_EVERY = 10;

/** Most votes that a plan asks for on a prompt. */
export const MAX_VOTES = 9;

/** What an admin writes down before the answers: measure, bar, margin, votes, and who is compared. */
export const planCreateSchema = z.object({
  releaseId: z.uuid(),
  measure: z.enum(proofMeasures),
  barOf100: z.int().min(1).max(100),
  marginOf100: z.int().min(0).max(50),
  votesPerPrompt: z.int().min(1).max(MAX_VOTES),
  /** Whose wins are counted in a vote. A verdict on the tuned model needs the tuned model. */
  candidate: z.enum(proofArms).default('tuned'),
  /** null: the base arm that did better on the validation examples. */
  opponent: z.enum(opponentArms).nullable(),
});
export type PlanInput = z.infer<typeof planCreateSchema>;

/** Whether people vote on answers; the other measures are counted, and decided once all are made. */
export const isVoted = (measure: ProofMeasure): boolean => measure === 'blind_votes';

/** The two whose answers people see. */
export type VotedPair = { candidate: ProofArm; opponent: OpponentArm };

/** Whether a plan names two that can be compared: others than the tuned model only by name, in a vote. */
export const isPossiblePair = (
  plan: Pick<PlanInput, 'measure' | 'candidate' | 'opponent'>,
): boolean =>
  plan.candidate === 'tuned' ||
  (isVoted(plan.measure) && plan.opponent !== null && plan.opponent !== plan.candidate);

/** What the form begins with, by measure. */
export const planDefaults: Record<ProofMeasure, Pick<PlanInput, 'barOf100' | 'marginOf100'>> = {
  blind_votes: { barOf100: 60, marginOf100: 10 },
  rule_pass_rate: { barOf100: 90, marginOf100: 5 },
  whole_document: { barOf100: 95, marginOf100: 5 },
};

export const voteSchema = z.object({
  proofId: z.uuid(),
  ballot: z.uuid(),
  choice: z.enum(voteChoices),
  /** Which side the person takes for the new model, where they were asked; null: cannot tell. */
  guess: z.enum(['a', 'b']).nullable().default(null),
  reason: z.string().trim().max(1_000).default(''),
});
export type VoteInput = z.infer<typeof voteSchema>;

/** How all answers of a proof were made; the same for every arm. */
export const proofSettingsSchema = z.object({
  decoding: z.literal('greedy'),
  maxNewTokens: z.int(),
  batchSize: z.int(),
  dtype: z.string(),
  baseModel: z.string().nullable(),
  /** The shape that every arm's answers had to follow; null where replies are texts. */
  replySchema: z.record(z.string(), z.json()).nullable().default(null),
  adapterSha256: z.string(),
  /** Held-out prompts of the release; more than were asked when they are very many. */
  heldOutRows: z.int(),
});
export type ProofSettings = z.infer<typeof proofSettingsSchema>;

const validationArmSchema = z.object({
  /** Answers that keep every rule, of those that were made. */
  passed: z.int(),
  total: z.int(),
  /** Mean loss per token of the human reply; null when nothing could be scored. */
  loss: z.number().nullable(),
});
export const proofValidationSchema = z.object({
  base: validationArmSchema,
  base_examples: validationArmSchema,
  chosenBy: z.enum(['rules', 'loss', 'plan']),
});
export type ProofValidation = z.infer<typeof proofValidationSchema>;
export type ValidationArm = z.infer<typeof validationArmSchema>;
