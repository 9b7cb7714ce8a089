// A proof that was voted on to its end, and its report as somebody with the signing key may write it.
import { createHash, createPublicKey } from 'node:crypto';
import { env } from '@/lib/env';
import { readSigningKey, signManifest } from '@/lib/exports/manifest';
import { castVote, takeBallot } from '@/lib/proofs/ballot-mutations';
import { voteHash } from '@/lib/proofs/proof-commitment';
import type { ReportVote } from '@/lib/proofs/report-format';
import { verifyReport } from '@/lib/proofs/verify-report';
import type { createTeam } from '@/tests/factories-examples';
import { createOpenProof, createProvable } from '@/tests/factories-proofs';

export const RULE = '11111111-1111-4111-8111-111111111111';
export const REASON = 'it is signed';

/** A proof with twenty votes by the reviewer, who likes what is signed and takes one example for equal. */
export async function createVotedProof(
  team: Awaited<ReturnType<typeof createTeam>>,
): Promise<string> {
  const provable = await createProvable(team, {
    rows: 200,
    rules: [{ id: RULE, kind: 'ends_with', texts: ['Your team'], severity: 'warning' }],
  });
  const proofId = await createOpenProof(team, provable, { opponent: null }, (arm, index) =>
    arm === 'tuned' ? `It is on its way, case ${index}. Your team` : `Hm, ${arm} ${index}.`,
  );
  let next = await takeBallot(team.reviewer, proofId);
  while (next.kind === 'ballot')
    next = await castVote(team.reviewer, {
      proofId,
      ballot: next.ballot,
      choice: next.number === 5 ? 'tie' : next.a.endsWith('Your team') ? 'a' : 'b',
      guess: next.asksGuess ? 'a' : null,
      reason: next.number === 3 ? REASON : '',
    });
  return proofId;
}

const privateKey = readSigningKey(env().SIGNING_KEY ?? '');

/** Verifies a report with the installation's own key. */
export const verify = (text: string | Buffer) =>
  verifyReport(Buffer.from(text), createPublicKey(privateKey));

export type Line = Record<string, unknown> & { kind: string };
export const linesOf = (report: string) =>
  report
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

/** A report with changed lines, signed anew by whoever holds the key. */
export function forge(report: string, change: (all: Line[]) => Line[]): string {
  const body = change(linesOf(report).filter((line) => line.kind !== 'signature'))
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
  const digest = createHash('sha256').update(body).digest();
  return `${body}${JSON.stringify(signManifest(digest, privateKey))}\n`;
}

/** Changes the lines of one kind; null takes one out. */
export const only =
  (kind: string, change: (line: Line, index: number) => Line | null) => (all: Line[]) => {
    let index = -1;
    return all.flatMap((line) => {
      if (line.kind !== kind) return [line];
      index += 1;
      return change(line, index) ?? [];
    });
  };

/** The lines as they were before answers were committed to: the votes begin at the proof's own hash. */
export function asVersion3(all: Line[]): Line[] {
  let previous = String(all.find((line) => line.kind === 'header')?.commitment);
  return all.map((line) => {
    if (line.kind === 'header') {
      const { answersCommitment: _, ...header } = line;
      return { ...header, reportVersion: 3 };
    }
    if (line.kind === 'vote') {
      previous = voteHash(previous, line as unknown as ReportVote);
      return { ...line, hash: previous };
    }
    return line.kind === 'result' ? { ...line, lastHash: previous } : line;
  });
}
