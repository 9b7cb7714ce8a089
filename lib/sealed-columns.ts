/**
 * Every column that holds a sealed secret, so that a new key can reach them all. A place that is
 * not here does not compile. `sealedFor` is the column that the secret was sealed for: an old one
 * moves to its own column as it is.
 */
export const sealedColumns = [
  { table: 'Webhook', column: 'secret', sealedFor: 'secret' },
  { table: 'Webhook', column: 'oldSecret', sealedFor: 'secret' },
] as const;

export type SealedColumn = (typeof sealedColumns)[number];
type PlaceIn<C> = C extends SealedColumn
  ? { table: C['table']; id: string; column: C['sealedFor'] }
  : never;

/** Where a sealed secret lies; it opens nowhere else. */
export type SecretPlace = PlaceIn<SealedColumn>;
