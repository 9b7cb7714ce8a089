import 'server-only';
import type { Tx } from '@/lib/db';
import { headerFingerprint } from '@/lib/imports/header-fingerprint';
import { suggestMapping } from '@/lib/imports/import-rules';
import {
  type Mapping,
  mappingSchema,
  type Reading,
  readingSchema,
} from '@/lib/imports/import-schema';
import type { Viewer } from '@/lib/session';

/** The mapping of the last import of a dataset with the same columns, else one by their names. */
export async function rememberedMapping(
  tx: Tx,
  viewer: Viewer,
  datasetId: string,
  reading: Reading,
): Promise<Mapping> {
  const fingerprint = headerFingerprint(reading);
  const earlier = await tx.import.findMany({
    where: {
      datasetId,
      workspaceId: viewer.workspaceId,
      state: { in: ['checked', 'imported', 'undone'] },
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 20,
    select: { reading: true, mapping: true },
  });
  for (const row of earlier) {
    const before = readingSchema.safeParse(row.reading);
    const mapping = mappingSchema.safeParse(row.mapping);
    if (before.success && mapping.success && headerFingerprint(before.data) === fingerprint)
      return mapping.data;
  }
  return suggestMapping(reading.columns);
}
