import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { createExample, createTeam } from '@/tests/factories-examples';
import {
  archiveDataset,
  createDataset,
  renameDataset,
  setTokenDecisions,
} from './dataset-mutations';
import { findDatasets, getDataset } from './dataset-queries';

type Team = Awaited<ReturnType<typeof createTeam>>;
let shop: Team;
let rival: Team;
const input = { name: 'Support replies', task: 'Answer mails', systemPrompt: 'You answer mails.' };

beforeAll(async () => {
  shop = await createTeam('shop');
  rival = await createTeam('rival');
});
afterAll(() => disconnect());

describe('datasets', () => {
  it('an admin makes one with the first version of its brief, and the record says so', async () => {
    const { id } = await createDataset(shop.admin, input);
    expect(await getDataset(shop.writer, id)).toMatchObject({
      name: 'Support replies',
      version: 1,
    });
    expect(await db.brief.findMany({ where: { datasetId: id } })).toMatchObject([
      { version: 1, task: 'Answer mails', authorId: shop.admin.userId, approvedById: null },
    ]);
    const events = await db.auditEvent.findMany({ where: { workspaceId: shop.workspace.id } });
    expect(events.map((event) => event.action)).toEqual(['dataset.created', 'brief.saved']);
    expect(JSON.stringify(events.map((event) => event.data))).not.toContain('Answer');
  });

  it('a name is taken once in a workspace, and again in another', async () => {
    await expect(createDataset(shop.admin, input)).rejects.toMatchObject({
      code: 'CONFLICT',
      fieldErrors: { name: 'nameTaken' },
    });
    await expect(createDataset(rival.admin, input)).resolves.toHaveProperty('id');
  });

  it.each(['writer', 'reviewer'] as const)(
    'a %s makes, renames and archives none',
    async (role) => {
      const { id } = await createDataset(shop.admin, { ...input, name: `For ${role}` });
      const viewer = shop[role];
      await expect(createDataset(viewer, { ...input, name: 'Mine' })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
      await expect(
        renameDataset(viewer, { datasetId: id, version: 1, name: 'Mine' }),
      ).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(
        archiveDataset(viewer, { datasetId: id, version: 1, archived: true }),
      ).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(
        setTokenDecisions(viewer, { datasetId: id, version: 1, allowed: true }),
      ).rejects.toMatchObject({ code: 'FORBIDDEN' });
      expect(await getDataset(shop.writer, id)).toMatchObject({ version: 1, archivedAt: null });
    },
  );

  it('renames over the version that was seen, and only then', async () => {
    const { id } = await createDataset(shop.admin, { ...input, name: 'Before' });
    await renameDataset(shop.admin, { datasetId: id, version: 1, name: 'After' });
    await expect(
      renameDataset(shop.admin, { datasetId: id, version: 1, name: 'Late' }),
    ).rejects.toMatchObject({ code: 'CONFLICT', messageKey: 'datasets.errors.changed' });
    await expect(
      renameDataset(shop.admin, { datasetId: id, version: 2, name: 'Support replies' }),
    ).rejects.toMatchObject({ fieldErrors: { name: 'nameTaken' } });
    expect(await getDataset(shop.admin, id)).toMatchObject({ name: 'After', version: 2 });
  });

  it('an archived one leaves the list and comes back', async () => {
    const { id } = await createDataset(shop.admin, { ...input, name: 'Old' });
    await archiveDataset(shop.admin, { datasetId: id, version: 1, archived: true });
    const names = async (archived: boolean) =>
      (await findDatasets(shop.writer, { archived })).map((dataset) => dataset.name);
    expect(await names(false)).not.toContain('Old');
    expect(await names(true)).toEqual(['Old']);
    expect(await findDatasets(rival.admin, { archived: true })).toEqual([]);
    await expect(
      archiveDataset(rival.admin, { datasetId: id, version: 2, archived: false }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await archiveDataset(shop.admin, { datasetId: id, version: 2, archived: false });
    expect(await names(false)).toContain('Old');
    expect(await names(true)).toEqual([]);
    const events = await db.auditEvent.findMany({
      where: { subjectId: id },
      orderBy: { id: 'asc' },
      select: { action: true, actorId: true, workspaceId: true },
    });
    const by = { actorId: shop.admin.userId, workspaceId: shop.workspace.id };
    expect(events.slice(-2)).toEqual([
      { action: 'dataset.archived', ...by },
      { action: 'dataset.unarchived', ...by },
    ]);
  });

  it('an admin lets decisions by access token count and takes that back, and the record says who', async () => {
    const { id } = await createDataset(shop.admin, { ...input, name: 'By programs' });
    expect(await getDataset(shop.writer, id)).toMatchObject({ allowTokenDecisions: false });
    await setTokenDecisions(shop.admin, { datasetId: id, version: 1, allowed: true });
    expect(await getDataset(shop.writer, id)).toMatchObject({ allowTokenDecisions: true });
    await expect(
      setTokenDecisions(shop.admin, { datasetId: id, version: 1, allowed: false }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(
      setTokenDecisions(rival.admin, { datasetId: id, version: 2, allowed: false }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await setTokenDecisions(shop.admin, { datasetId: id, version: 2, allowed: false });
    expect(await getDataset(shop.writer, id)).toMatchObject({ allowTokenDecisions: false });
    const events = await db.auditEvent.findMany({
      where: { subjectId: id },
      orderBy: { id: 'asc' },
      select: { action: true, actorId: true },
    });
    expect(events.slice(-2)).toEqual([
      { action: 'dataset.token_decisions_allowed', actorId: shop.admin.userId },
      { action: 'dataset.token_decisions_forbidden', actorId: shop.admin.userId },
    ]);
  });

  it('counts what is in use: neither the bin nor retired examples', async () => {
    const { id } = await createDataset(shop.admin, { ...input, name: 'Counted' });
    await createExample(shop.writer, id, { status: 'in_review' });
    await createExample(shop.writer, id);
    const gone = await createExample(shop.writer, id);
    await db.example.update({ where: { id: gone.id }, data: { binnedAt: new Date() } });
    const retired = await createExample(shop.writer, id);
    await db.example.update({ where: { id: retired.id }, data: { status: 'retired' } });
    const found = (await findDatasets(shop.writer)).find((dataset) => dataset.id === id);
    expect(found).toMatchObject({ examples: 2, inReview: 1 });
  });

  it('another workspace sees, renames and archives nothing of it', async () => {
    const { id } = await createDataset(shop.admin, { ...input, name: 'Secret' });
    const missing = { code: 'NOT_FOUND' };
    await expect(getDataset(rival.admin, id)).rejects.toMatchObject(missing);
    await expect(
      renameDataset(rival.admin, { datasetId: id, version: 1, name: 'Stolen' }),
    ).rejects.toMatchObject(missing);
    await expect(
      archiveDataset(rival.admin, { datasetId: id, version: 1, archived: true }),
    ).rejects.toMatchObject(missing);
    expect((await findDatasets(rival.admin)).map((dataset) => dataset.name)).not.toContain(
      'Secret',
    );
    expect(await getDataset(shop.admin, id)).toMatchObject({ name: 'Secret', version: 1 });
  });

  it('an address that is no id is not found, not an error', async () => {
    await expect(getDataset(shop.admin, "' OR 1=1")).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
