// Warnings of hidden characters, from the first text to the approval.
import { beforeAll, expect, test } from 'vitest';
import { getExample } from '@/lib/examples/example-detail';
import { saveRevision } from '@/lib/examples/example-mutations';
import { dismissFinding } from '@/lib/examples/finding-mutations';
import { approve } from '@/lib/reviews/review-mutations';
import { findReviewItems } from '@/lib/reviews/review-queries';
import { createExample } from '@/tests/factories-examples';
import { createDesk, type Desk, seenNow } from '@/tests/factories-reviews';

let desk: Desk;
beforeAll(async () => {
  desk = await createDesk();
});

const submit = (prompt: string, reply: string) =>
  createExample(desk.writer, desk.datasetId, { prompt, reply, status: 'in_review' });
const hiddenIn = async (id: string) =>
  (await getExample(desk.writer, id)).findings
    .filter(({ check }) => check === 'hidden_character')
    .map(({ detail, state }) => ({ place: (detail as { place: string }).place, state }));

test('a reviewer sees them for the prompt and the reply, and may still approve', async () => {
  const { id } = await submit('Where is it?\u202e', 'It is on its\u200b way.');
  const { datasetId } = desk;
  const [item] = await findReviewItems(desk.reviewer, { datasetId, exampleIds: [id] });
  expect(item?.findings.toSorted((a, b) => (a.spanStart ?? 0) - (b.spanStart ?? 0))).toMatchObject([
    { check: 'hidden_character', severity: 'warning', spanStart: null },
    { check: 'hidden_character', severity: 'warning', spanStart: 12, spanEnd: 13 },
  ]);
  expect(await approve(desk.reviewer, await seenNow(datasetId, id))).toMatchObject({
    status: 'approved',
  });
});

test('set aside with a reason, one stays so until other characters hide', async () => {
  const { id } = await submit('Did it?', 'Your Wider\u00adspruch came.');
  const [finding] = (await getExample(desk.writer, id)).findings;
  await dismissFinding(desk.writer, {
    findingId: finding?.id ?? '',
    reason: 'Hyphens of a letter',
  });
  expect(await hiddenIn(id)).toEqual([{ place: 'reply', state: 'dismissed' }]);
  const save = async (reply: string) => {
    const { version } = await seenNow(desk.datasetId, id);
    await saveRevision(desk.writer, { id, version, changes: { reply } });
    return hiddenIn(id);
  };
  expect(await save('Your Wider\u00adspruch has come.')).toEqual([
    { place: 'reply', state: 'dismissed' },
  ]);
  expect(await save('Your Wider\u200bspruch has come.')).toEqual([
    { place: 'reply', state: 'open' },
  ]);
  expect(await save('Your Widerspruch has come.')).toEqual([]);
});
