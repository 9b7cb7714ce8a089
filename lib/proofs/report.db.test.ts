import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { openProofAnswers } from '@/lib/proofs/look-mutations';
import { closeProof } from '@/lib/proofs/proof-mutations';
import {
  createVotedProof,
  forge,
  type Line,
  linesOf,
  only,
  REASON,
  RULE,
  verify,
} from '@/lib/proofs/report-fixtures';
import { writeReport } from '@/lib/proofs/report-write';
import { getProofExample, getResult } from '@/lib/proofs/result-queries';
import { verifyReport } from '@/lib/proofs/verify-report';
import { stopQueue } from '@/lib/queue';
import { createTeam } from '@/tests/factories-examples';
import { createOpenProof, createProvable } from '@/tests/factories-proofs';

let team: Awaited<ReturnType<typeof createTeam>>;
let other: Awaited<ReturnType<typeof createTeam>>;
let proofId: string;
let report: string;

beforeAll(async () => {
  team = await createTeam('bicycles');
  other = await createTeam('violins');
  proofId = await createVotedProof(team);
  await expect(writeReport(team.admin, proofId)).rejects.toMatchObject({ code: 'CONFLICT' });
  await closeProof(team.admin, proofId);
  report = await writeReport(team.admin, proofId);
}, 180_000);
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const forged = (change: (all: Line[]) => Line[]) => forge(report, change);

describe('the result', () => {
  test('is the verdict of the votes, in the order of the groups, with every arm counted', async () => {
    const result = await getResult(team.admin, proofId);
    expect(result.parts.map((part) => part.part)).toEqual(['fresh']);
    const [part] = result.parts;
    expect(part?.groups).toBe(20);
    expect(result.shares).toEqual({ win: 19, tie: 1, both_bad: 0, loss: 0 });
    expect(result.drawn).toBeNull();
    expect(part?.scores).toHaveLength(20);
    expect(part?.verdict.verdict).toBe('better_and_good_enough');
    expect(part?.squares.filter((square) => square.state === 'win')).toHaveLength(19);
    expect(part?.squares.filter((square) => square.state === 'tie')).toHaveLength(1);
    const rule = part?.measures.find((row) => row.key === `rule:${RULE}`);
    expect(rule?.counts).toMatchObject({
      tuned: { good: 20, of: 20 },
      base: { good: 0, of: 20 },
      human: { good: 0, of: 20 },
    });
    expect(rule?.improved).toHaveLength(20);
    expect(rule?.broken).toEqual([]);
  });

  test('takes what an example’s own system message says for no invention', async () => {
    const rows = 30;
    const own = await createProvable(other, { rows, system: 'You answer for branch 7000.' });
    const id = await createOpenProof(other, own, {}, (arm) =>
      arm === 'tuned' ? 'Branch 7000 has it.' : 'Branch 7001 has it.',
    );
    const { parts } = await getResult(other.writer, id);
    const facts = parts.flatMap((part) => part.measures.filter(({ key }) => key === 'facts'));
    expect(facts.length).toBeGreaterThan(0);
    for (const { counts } of facts) {
      expect(counts.tuned?.good).toBe(counts.tuned?.of);
      expect(counts.base?.good).toBe(0);
    }
  });

  test('names an example’s answers only after looking is recorded', async () => {
    const example = () => getProofExample(team.reviewer, { proofId, position: 0 });
    await expect(example()).rejects.toMatchObject({ code: 'CONFLICT' });
    await openProofAnswers(team.reviewer, { proofId, endVoting: true });
    expect((await example()).row.texts.tuned).toContain('Your team');
    await expect(getResult(other.admin, proofId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(writeReport(other.admin, proofId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

test('what a voter wrote stands with its example, for who looked', async () => {
  await openProofAnswers(team.writer, { proofId, endVoting: true });
  const reasons: string[] = [];
  for (let position = 0; position < 20; position += 1)
    reasons.push(...(await getProofExample(team.writer, { proofId, position })).reasons);
  expect(reasons).toEqual([REASON]);
});

describe('the signed report', () => {
  test('holds, and gives the verdict again without the database', () => {
    const result = verify(report);
    expect(result).toMatchObject({ faults: [], signature: 'valid' });
    expect(result.votes).toHaveLength(20);
    expect(result.result?.verdicts).toMatchObject([{ verdict: 'better_and_good_enough' }]);
    expect(verifyReport(Buffer.from(report), null).signature).toBe('not checked');
    expect(report).not.toContain(team.reviewer.userId);
    expect(report).not.toContain(REASON);
  });

  test('tells the hashes that the record has held since before the first vote, and since the last', async () => {
    const { header, result } = verify(report);
    const recorded = async (action: string) => {
      const where = { action, subjectId: proofId };
      return (await db.auditEvent.findFirstOrThrow({ where, select: { data: true } })).data;
    };
    expect(await recorded('proof.begun')).toMatchObject({ commitment: header?.commitment });
    expect(await recorded('proof.answered')).toMatchObject({
      commitment: header?.answersCommitment,
    });
    expect(await recorded('proof.closed')).toEqual({ lastVote: result?.lastHash });
  });

  test('names every flipped byte', () => {
    const bytes = Buffer.from(report);
    // Every seventh byte of a report of some 20 kB: each place of each kind of line is met.
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] as number) ^ 1;
      expect(verify(changed).faults, `byte ${at}`).not.toEqual([]);
    }
  }, 120_000);

  test.each<[string, (all: Line[]) => Line[], RegExp]>([
    ['a dropped vote', only('vote', (line, n) => (n === 4 ? null : line)), /vote 5 is missing/],
    [
      'the last vote dropped',
      only('vote', (line, n) => (n === 19 ? null : line)),
      /vote 20 is missing/,
    ],
    [
      'a moved bar',
      only('header', (line) => ({ ...line, plan: { ...(line.plan as object), barOf100: 40 } })),
      /bar, margin, votes or pair are not those that were sealed/,
    ],
    [
      'a moved margin',
      only('header', (line) => ({ ...line, plan: { ...(line.plan as object), marginOf100: 9 } })),
      /bar, margin, votes or pair are not those that were sealed/,
    ],
    [
      'a swapped side',
      only('vote', (line, n) => (n === 2 ? { ...line, candidateOnA: !line.candidateOnA } : line)),
      /the sides of vote 3 are swapped/,
    ],
    [
      'a changed vote',
      only('vote', (line, n) => (n === 2 ? { ...line, choice: 'both_bad' } : line)),
      /vote 3 was changed/,
    ],
    [
      'another level',
      only('header', (line) => ({ ...line, alpha: 0.2 })),
      /order, sides or level are not those of the commitment/,
    ],
    [
      'an example left out',
      only('item', (line, n) => (n === 1 ? null : line)),
      /held-out examples are not those that were committed to/,
    ],
    [
      'answers of two models that changed places',
      only('item', (line, n) => {
        const { base, tuned, ...others } = line.answers as Record<string, string>;
        return n === 1 ? { ...line, answers: { ...others, base: tuned, tuned: base } } : line;
      }),
      /the answers are not those that were committed to/,
    ],
    [
      'answers that are said to have been committed to by nobody',
      only('header', (line) => ({ ...line, answersCommitment: null })),
      /vote 1 was changed, or one before it/,
    ],
    [
      'another verdict',
      only('result', (line) => ({
        ...line,
        verdicts: (line.verdicts as object[]).map((one) => ({ ...one, verdict: 'not_proven' })),
      })),
      /the verdict is not the one/,
    ],
    [
      'a report of an earlier version',
      only('header', (line) => ({ ...line, reportVersion: 1 })),
      /of version 1, this program reads 2 to 4: download it again/,
    ],
    [
      'a report of a later version',
      only('header', (line) => ({ ...line, reportVersion: 5 })),
      /of version 5, this program reads 2 to 4: use a newer program/,
    ],
    [
      'a level that the count of judgements does not give',
      only('header', (line) => ({ ...line, runOrdinal: (line.runOrdinal as number) + 1 })),
      /the level is not that of this judgement/,
    ],
    [
      'another opponent',
      only('header', (line) => ({ ...line, opponent: 'nearest' })),
      /the opponent is not the one that plan and validation give/,
    ],
    [
      'a second vote of one person on one example',
      only('vote', (line, n) =>
        n === 3
          ? {
              ...line,
              exampleId: linesOf(report).filter((one) => one.kind === 'vote')[2]?.exampleId,
            }
          : line,
      ),
      /vote 4 is a second one of its voter/,
    ],
    [
      'a vote that undoes itself',
      only('vote', (line, n) => (n === 3 ? { ...line, choice: null, undoes: 4 } : line)),
      /vote 4 undoes what it may not/,
    ],
    [
      'a plan sealed later',
      only('header', (line) => ({ ...line, planSealedAt: '2099-01-01T00:00:00.000Z' })),
      /the plan was sealed after/,
    ],
  ])('names %s, even when it is signed anew', (_name, change, fault) => {
    const result = verify(forged(change));
    expect(result.signature).toBe('valid');
    expect(result.faults.join('\n')).toMatch(fault);
  });

  test('names a foreign key and a cut file', () => {
    expect(verify(report.split('\n').slice(0, 5).join('\n')).faults).not.toEqual([]);
    expect(verify(report.trimEnd()).faults).toContain(
      'the last line does not end with a line feed',
    );
  });
});

test('the command says that the plan was written down after the training', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'report-'));
  const file = path.join(folder, 'proof.jsonl');
  writeFileSync(file, report);
  const said: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line) => void said.push(String(line)));
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  vi.spyOn(process, 'argv', 'get').mockReturnValue(['node', 'verify-proof', file]);
  try {
    await import('@/bin/verify-proof').catch(() => undefined);
  } finally {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  }
  expect(said).toContain('NOTE the plan was written down after the training had begun.');
  expect(said.join(' ')).toContain('Sealed before the first vote');
});
