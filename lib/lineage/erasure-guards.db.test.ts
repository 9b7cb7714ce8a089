// What the database itself keeps of erasures: by whom, for what, and where.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { type CustomerScene, createCustomerScene } from '@/lib/lineage/customer-scene';
import { stopQueue } from '@/lib/queue';
import type { Viewer } from '@/lib/session';
import { appSql } from '@/tests/database';
import { createDataset, createExample } from '@/tests/factories-examples';

let team: CustomerScene['team'];
let strangers: CustomerScene['strangers'];
let closedProof: string;

beforeAll(async () => {
  ({ team, strangers, closedProof } = await createCustomerScene());
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

describe('the database', () => {
  test('erases for an open erasure of an admin, and inside its workspace alone', async () => {
    const { id: example } = await createExample(
      strangers.writer,
      (await createDataset(strangers.admin)).id,
    );
    const erase = (erasure: string, actor: string) =>
      appSql('SELECT erase_examples($1, ARRAY[$2]::uuid[], $3)', [erasure, example, actor]);
    const open = async (by: Viewer) =>
      (
        await db.erasure.create({
          data: { workspaceId: by.workspaceId, createdById: by.userId, counts: {} },
          select: { id: true },
        })
      ).id;
    await expect(erase(await open(team.admin), team.admin.userId)).rejects.toThrow(
      'erasure_crosses_border',
    );
    await expect(erase(await open(team.writer), team.writer.userId)).rejects.toThrow(
      'erasure_needs_admin',
    );
    await expect(erase(await open(team.admin), team.writer.userId)).rejects.toThrow(
      'no_such_erasure',
    );
    const texts = (erasure: string, actor: string) =>
      appSql(`SELECT erase_proof_texts($1, $2, ARRAY[]::uuid[], '[]', $3)`, [
        erasure,
        JSON.stringify([{ proofId: closedProof, exampleId: example, arm: 'tuned' }]),
        actor,
      ]);
    await expect(texts(await open(team.writer), team.writer.userId)).rejects.toThrow(
      'erasure_needs_admin',
    );
    await expect(texts(await open(team.admin), team.writer.userId)).rejects.toThrow(
      'no_such_erasure',
    );
    await expect(appSql(`SELECT lock_erasure($1, $1)`, [closedProof])).rejects.toThrow(
      'permission denied',
    );
    await expect(appSql('DELETE FROM "ErasedItem"')).rejects.toThrow('permission denied');
    await expect(appSql('DELETE FROM "Erasure"')).rejects.toThrow('permission denied');
  });

  test('lets a stranger’s admin empty nothing in this workspace’s proofs', async () => {
    const { id } = await db.erasure.create({
      data: {
        workspaceId: strangers.workspace.id,
        createdById: strangers.admin.userId,
        counts: {},
      },
      select: { id: true },
    });
    const answers = await db.proofAnswer.findMany({
      where: { proofId: closedProof },
      select: { proofId: true, exampleId: true, arm: true, text: true },
    });
    const votes = await db.proofVote.findMany({ where: { proofId: closedProof } });
    await appSql('SELECT erase_proof_texts($1, $2, $3, $4, $5)', [
      id,
      JSON.stringify(answers),
      votes.map((one) => one.id),
      JSON.stringify(answers),
      strangers.admin.userId,
    ]);
    expect(
      await db.proofAnswer.findMany({
        where: { proofId: closedProof },
        select: { proofId: true, exampleId: true, arm: true, text: true },
      }),
    ).toEqual(answers);
    expect(await db.proofVote.findMany({ where: { proofId: closedProof } })).toEqual(votes);
  });
});
