import 'server-only';
import { db } from '@/lib/db';
import type { Viewer } from '@/lib/session';

/**
 * What an entry is about, by the names of today: the record holds ids alone, so that nothing in it
 * has to be erased. `number` fills the text `key`; `name` is shown as it is.
 */
export type Subject = {
  key: 'example' | 'release' | 'run' | 'brief' | 'export' | 'quote' | 'regression_item' | null;
  number?: number;
  name?: string;
  /** Path below the workspace's address. */
  path?: string;
};

type Ref = { subjectType: string; subjectId: string | null };
type Finder = (viewer: Viewer, ids: string[]) => Promise<[string, Subject][]>;

const scopeOf = (viewer: Viewer, ids: string[]) => ({
  id: { in: ids },
  workspaceId: viewer.workspaceId,
});
const releasePath = (datasetId: string, number: number) =>
  `datasets/${datasetId}/releases/${number}`;
const releaseOf = { select: { number: true, datasetId: true } } as const;

const finders: Record<string, Finder> = {
  example: async (viewer, ids) => {
    const rows = await db.example.findMany({
      where: scopeOf(viewer, ids),
      select: { id: true, number: true, datasetId: true, binnedAt: true },
    });
    return rows.map(({ id, number, datasetId, binnedAt }) => [
      id,
      {
        key: 'example',
        number,
        ...(binnedAt ? {} : { path: `datasets/${datasetId}/examples?open=${number}` }),
      },
    ]);
  },
  release: async (viewer, ids) => {
    const rows = await db.release.findMany({
      where: scopeOf(viewer, ids),
      select: { id: true, number: true, datasetId: true },
    });
    return rows.map(({ id, number, datasetId }) => [
      id,
      { key: 'release', number, path: releasePath(datasetId, number) },
    ]);
  },
  export: async (viewer, ids) => {
    const rows = await db.export.findMany({
      where: scopeOf(viewer, ids),
      select: { id: true, release: releaseOf },
    });
    return rows.map(({ id, release: { number, datasetId } }) => [
      id,
      { key: 'export', number, path: releasePath(datasetId, number) },
    ]);
  },
  quote: async (viewer, ids) => {
    const rows = await db.quote.findMany({
      where: scopeOf(viewer, ids),
      select: { id: true, release: releaseOf },
    });
    return rows.map(({ id, release: { number, datasetId } }) => [
      id,
      { key: 'quote', number, path: releasePath(datasetId, number) },
    ]);
  },
  run: async (viewer, ids) => {
    const rows = await db.run.findMany({
      where: scopeOf(viewer, ids),
      select: { id: true, number: true },
    });
    return rows.map(({ id, number }) => [id, { key: 'run', number, path: `runs/${id}` }]);
  },
  brief: async (viewer, ids) => {
    const rows = await db.brief.findMany({
      where: scopeOf(viewer, ids),
      select: { id: true, version: true, datasetId: true },
    });
    return rows.map(({ id, version, datasetId }) => [
      id,
      {
        key: 'brief',
        number: version,
        path: `datasets/${datasetId}/brief/versions/${version}`,
      },
    ]);
  },
  dataset: async (viewer, ids) => {
    const rows = await db.dataset.findMany({
      where: scopeOf(viewer, ids),
      select: { id: true, name: true },
    });
    return rows.map(({ id, name }) => [id, { key: null, name, path: `datasets/${id}/examples` }]);
  },
  model: async (viewer, ids) => {
    const rows = await db.model.findMany({
      where: scopeOf(viewer, ids),
      select: { id: true, name: true },
    });
    return rows.map(({ id, name }) => [id, { key: null, name, path: `models/${id}` }]);
  },
  import: async (viewer, ids) => {
    const rows = await db.import.findMany({
      where: scopeOf(viewer, ids),
      select: { id: true, fileName: true, datasetId: true },
    });
    return rows.map(({ id, fileName, datasetId }) => [
      id,
      { key: null, name: fileName, path: `datasets/${datasetId}/import/${id}` },
    ]);
  },
  token: async (viewer, ids) => {
    const rows = await db.apiToken.findMany({
      where: scopeOf(viewer, ids),
      select: { id: true, name: true },
    });
    return rows.map(({ id, name }) => [id, { key: null, name, path: 'settings' }]);
  },
  webhook: async (viewer, ids) => {
    const rows = await db.webhook.findMany({
      where: scopeOf(viewer, ids),
      select: { id: true, url: true },
    });
    // The path may be a secret of the receiver's.
    return rows.map(({ id, url }) => [
      id,
      { key: null, name: new URL(url).host, path: `settings/webhooks/${id}` },
    ]);
  },
  regression_item: async (viewer, ids) => {
    const rows = await db.regressionItem.findMany({
      where: scopeOf(viewer, ids),
      select: { id: true },
    });
    return rows.map(({ id }) => [id, { key: 'regression_item', path: 'settings/regression-set' }]);
  },
  // Ids of people come from entries that the viewer may read; former members keep their name there.
  user: async (_, ids) => {
    const rows = await db.user.findMany({
      where: { id: { in: ids } },
      select: { id: true, name: true },
    });
    return rows.map(({ id, name }) => [id, { key: null, name }]);
  },
};

/** The subjects of a page of entries, by id. What is gone has no entry. */
export async function findSubjects(
  viewer: Viewer,
  refs: readonly Ref[],
): Promise<Map<string, Subject>> {
  const byType = Map.groupBy(refs, (ref) => ref.subjectType);
  const found = await Promise.all(
    [...byType].map(([type, ofType]) => {
      const ids = ofType.flatMap(({ subjectId }) => (subjectId ? [subjectId] : []));
      return finders[type]?.(viewer, [...new Set(ids)]) ?? [];
    }),
  );
  return new Map(found.flat());
}
