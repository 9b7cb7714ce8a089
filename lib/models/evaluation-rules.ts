import { type CheckFinding, checkContent } from '@/lib/checks/check-content';
import type { HouseRule } from '@/lib/checks/rule-schema';
import type { ArmEvaluation, Evaluation, GroupEvaluation } from '@/lib/models/model-schema';
import type { TrainerSummary } from '@/lib/training/trainer-schema';

export type HeldOutRow = { exampleId: string; reply: string; replyKnown: boolean };

export type ScoredRow = {
  exampleId: string;
  replyKnown: boolean;
  base: ScoredReply;
  tuned: ScoredReply;
  human: ScoredReply;
};
type ScoredReply = { loss: number | null; lossTokens: number; findings: CheckFinding[] | null };

type Brief = { rules: HouseRule[]; slots: string[] };

/** Judges every reply by the brief's rules: people and models alike. An answer that failed has no findings. */
export function scoreRows(
  heldOut: readonly HeldOutRow[],
  summary: TrainerSummary,
  brief: Brief,
): ScoredRow[] {
  const byId = new Map(summary.rows.map((row) => [row.id, row]));
  return heldOut.map((row) => {
    const found = byId.get(row.exampleId);
    const arm = (name: 'base' | 'tuned'): ScoredReply => {
      const item = found?.[name];
      return {
        loss: item?.loss ?? null,
        lossTokens: item?.replyTokens ?? 0,
        findings:
          typeof item?.answer === 'string' ? checkContent(brief, { reply: item.answer }) : null,
      };
    };
    return {
      exampleId: row.exampleId,
      replyKnown: row.replyKnown,
      base: arm('base'),
      tuned: arm('tuned'),
      human: { loss: null, lossTokens: 0, findings: checkContent(brief, { reply: row.reply }) },
    };
  });
}

/** Counts over scored rows; rows with a reply known from training apart from the others. */
export function evaluate(
  rows: readonly ScoredRow[],
  summary: TrainerSummary,
  brief: Brief,
): Evaluation {
  const { baseModel, ...settings } = summary.settings;
  return {
    known: evaluateGroup(
      rows.filter((row) => row.replyKnown),
      brief,
    ),
    fresh: evaluateGroup(
      rows.filter((row) => !row.replyKnown),
      brief,
    ),
    all: evaluateGroup(rows, brief),
    failedRows: rows.filter((row) => row.base.findings === null || row.tuned.findings === null)
      .length,
    settings: { ...settings, baseModel: baseModel ?? null },
  };
}

function evaluateGroup(rows: readonly ScoredRow[], brief: Brief): GroupEvaluation {
  // Only rows that both arms could do, so that the figures speak of the same replies.
  const comparable = rows.filter((row) => row.base.loss !== null && row.tuned.loss !== null);
  const answered = rows.filter((row) => row.base.findings !== null && row.tuned.findings !== null);
  const arm = (name: 'base' | 'tuned' | 'human'): ArmEvaluation => {
    const tokens = comparable.reduce((sum, row) => sum + row[name].lossTokens, 0);
    const total = comparable.reduce(
      (sum, row) => sum + (row[name].loss ?? 0) * row[name].lossTokens,
      0,
    );
    const replies = answered.map((row) => row[name].findings ?? []);
    return {
      loss: name === 'human' || tokens === 0 ? null : total / tokens,
      lossTokens: tokens,
      pass: {
        passed: replies.filter((findings) => findings.length === 0).length,
        total: replies.length,
      },
      rules: brief.rules.map((rule) => ({
        ruleId: rule.id,
        check: rule.kind,
        passed: replies.filter(
          (findings) => !findings.some((finding) => finding.ruleId === rule.id),
        ).length,
        total: replies.length,
      })),
    };
  };
  return { rows: rows.length, base: arm('base'), tuned: arm('tuned'), human: arm('human') };
}
