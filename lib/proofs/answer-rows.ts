import 'server-only';
import { houseRulesSchema } from '@/lib/checks/rule-schema';
import { db } from '@/lib/db';
import { type Content, contentSchema, promptText } from '@/lib/examples/content';
import { briefInWords } from '@/lib/proofs/brief-in-words';
import { NearestTexts } from '@/lib/proofs/nearest';
import { MAX_VALIDATION_ROWS } from '@/lib/proofs/proof-schema';
import { releaseRows } from '@/lib/releases/release-rows';
import type { ChatMessage, TokenCounter } from '@/lib/training/base-models';
import { type AnswerRow, exampleRow } from '@/lib/training/trainer-schema';

/** Training examples that the base model with examples is shown. */
const SHOWN_EXAMPLES = 3;

export type TrainingExample = { exampleId: string; content: Content; prompt: string };

export type AskedRow = { exampleId: string; content: Content };

export type PreparedRow = {
  exampleId: string;
  /** The nearest training examples, the nearest first. */
  nearest: TrainingExample[];
  /** Those that stand in the prompt of the base model with examples; fewer where they did not fit. */
  shown: TrainingExample[];
  rows: AnswerRow[];
};

/** The release's training examples: the only ones that a proof may draw on. */
export async function loadTrainingExamples(releaseId: string): Promise<TrainingExample[]> {
  const examples: TrainingExample[] = [];
  for await (const { exampleId, content } of releaseRows(releaseId, 'training'))
    examples.push({ exampleId, content, prompt: promptText(content) });
  return examples;
}

/** The rows of a proof in their order, with their texts. */
export async function loadAskedRows(proofId: string): Promise<AskedRow[]> {
  const rows = await db.$queryRaw<{ exampleId: string; content: unknown }[]>`
    SELECT i."exampleId", r."content" FROM "ProofItem" i JOIN "Revision" r ON r."id" = i."revisionId"
    WHERE i."proofId" = ${proofId}::uuid ORDER BY i."position"`;
  return rows.map((row) => ({
    exampleId: row.exampleId,
    content: contentSchema.parse(row.content),
  }));
}

/** The validation rows that choose the opponent. */
export async function loadValidationRows(releaseId: string): Promise<AskedRow[]> {
  const rows = await db.$queryRaw<{ exampleId: string; content: unknown }[]>`
    SELECT i."exampleId", r."content" FROM "ReleaseItem" i JOIN "Revision" r ON r."id" = i."revisionId"
    WHERE i."releaseId" = ${releaseId}::uuid AND i."split" = 'validation'
    ORDER BY i."position" LIMIT ${MAX_VALIDATION_ROWS}`;
  return rows.map((row) => ({
    exampleId: row.exampleId,
    content: contentSchema.parse(row.content),
  }));
}

export type BriefOfRelease = {
  systemPrompt: string;
  guidelines: string;
  rules: unknown;
  slots: string[];
};

/**
 * Makes the prompts of a row's arms. `base` and `tuned` get what training rows have; the base
 * model with examples gets the whole brief in words and the nearest training examples as earlier
 * turns, the nearest last; fewer of them where the model could not take all.
 */
export function promptMaker(input: {
  training: readonly TrainingExample[];
  brief: BriefOfRelease;
  countTokens: TokenCounter;
  /** Tokens that prompt and answer may have together. */
  limit: number;
}) {
  const { training, brief, countTokens, limit } = input;
  const index = new NearestTexts(training.map((example) => example.prompt));
  const rules = houseRulesSchema.parse(brief.rules);

  const withExamples = (content: Content, shown: readonly TrainingExample[]): ChatMessage[] => [
    {
      role: 'system',
      content: briefInWords(content.system ?? brief.systemPrompt, { ...brief, rules }),
    },
    ...[...shown]
      .reverse()
      .flatMap((example): ChatMessage[] => [
        ...example.content.messages,
        { role: 'assistant', content: example.content.reply },
      ]),
    ...content.messages,
  ];

  return (asked: AskedRow, arms: readonly ('base' | 'base_examples' | 'tuned')[]): PreparedRow => {
    const { content, exampleId } = asked;
    const nearest = index
      .find(promptText(content), SHOWN_EXAMPLES)
      .map((at) => training[at] as TrainingExample);
    const shown = [...nearest];
    while (shown.length > 0 && countTokens(withExamples(content, shown)) > limit) shown.pop();
    return {
      exampleId,
      nearest,
      shown,
      rows: arms.map((arm) => {
        const model = arm === 'tuned' ? 'tuned' : 'base';
        const row = exampleRow({ id: `${exampleId}:${arm}`, model }, content, brief.systemPrompt);
        return arm === 'base_examples' ? { ...row, prompt: withExamples(content, shown) } : row;
      }),
    };
  };
}
