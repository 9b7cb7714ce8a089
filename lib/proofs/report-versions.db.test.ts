// Reports of earlier versions, which people keep: read as long as they hold, and not mixed.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { disconnect } from '@/lib/db';
import { closeProof } from '@/lib/proofs/proof-mutations';
import {
  asVersion3,
  createVotedProof,
  forge,
  type Line,
  only,
  verify,
} from '@/lib/proofs/report-fixtures';
import { writeReport } from '@/lib/proofs/report-write';
import { stopQueue } from '@/lib/queue';
import { createTeam } from '@/tests/factories-examples';

let report: string;
beforeAll(async () => {
  const team = await createTeam('bicycles');
  const proofId = await createVotedProof(team);
  await closeProof(team.admin, proofId);
  report = await writeReport(team.admin, proofId);
}, 180_000);
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const forged = (change: (all: Line[]) => Line[]) => forge(report, change);

test('a report of version 3, from before answers were committed to, still holds', () => {
  const old = forged(asVersion3);
  expect(old).not.toContain('answersCommitment');
  const { header, ...result } = verify(old);
  expect(result).toMatchObject({ faults: [], signature: 'valid' });
  expect(header?.answersCommitment).toBeNull();
  const dropped = only('vote', (line, n) => (n === 4 ? null : line));
  expect(verify(forged((all) => dropped(asVersion3(all)))).faults).toContain('vote 5 is missing');
  const mix = only('header', (line) => ({ ...line, answersCommitment: 'ab'.repeat(32) }));
  expect(verify(forged((all) => mix(asVersion3(all)))).faults).toContain(
    'line 1 is not as the app writes it',
  );
});

test('a report of version 2, from before two others could be compared, still holds', () => {
  const earlier = only('vote', ({ candidateOnA: tunedOnA, ...line }) => ({ ...line, tunedOnA }));
  const header = only('header', ({ plan, ...line }) => {
    const { candidate: _, ...sealed } = plan as Record<string, unknown>;
    return { ...line, reportVersion: 2, plan: sealed };
  });
  const asVersion2 = (all: Line[]) => earlier(header(asVersion3(all)));
  const old = forged(asVersion2);
  expect(old).not.toContain('andidate');
  expect(verify(old)).toMatchObject({ faults: [], signature: 'valid' });
  const moved = forged((all) =>
    only('vote', (line, n) => (n === 2 ? { ...line, tunedOnA: !line.tunedOnA } : line))(
      asVersion2(all),
    ),
  );
  expect(verify(moved).faults).toContain('the sides of vote 3 are swapped');
  // A word of both versions could say one thing and be judged by the other.
  const both = [
    only('vote', (line) => ({ ...line, candidateOnA: !line.tunedOnA })),
    only('header', (line) => ({
      ...line,
      plan: { ...(line.plan as object), candidate: 'base' },
    })),
  ];
  for (const mix of both)
    expect(verify(forged((all) => mix(asVersion2(all)))).faults.join('\n')).toMatch(
      /line \d+ is not as the app writes it/,
    );
});
