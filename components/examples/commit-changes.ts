import type { Content } from '@/lib/examples/content';
import type { ConflictData } from '@/lib/examples/example-conflict';
import type { ExampleDetail } from '@/lib/examples/example-detail';
import type { RevisionSave } from '@/lib/examples/example-schema';
import type { Outcome } from './example-api';

export type Changes = RevisionSave['changes'];
/** What the changed parts were when the person began: whoever changed them since collides. */
export type Base = Partial<Content> & {
  topic?: string | null;
  tags?: string[];
  groupKey?: string | null;
};

type Save = (input: RevisionSave) => Promise<Outcome<ExampleDetail>>;

/** How often another person's change of other parts is stepped over. */
const MAX_REBASES = 3;

/** The conflict's data, where an outcome carries it. */
export function conflictOf(outcome: Outcome<unknown>): ConflictData | null {
  if (outcome.ok || outcome.kind !== 'conflict') return null;
  const data = outcome.data as Partial<ConflictData> | undefined;
  return data?.theirs && typeof data.version === 'number' ? (data as ConflictData) : null;
}

/** Whether somebody else changed a part that is changed here as well. */
export function collides(changes: Changes, base: Base, theirs: ConflictData['theirs']): boolean {
  const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
  return (
    (changes.reply !== undefined && base.reply !== theirs.content.reply) ||
    (changes.messages !== undefined && !same(base.messages, theirs.content.messages)) ||
    (changes.system !== undefined && !same(base.system, theirs.content.system)) ||
    (changes.topic !== undefined && !same(base.topic, theirs.topic)) ||
    (changes.tags !== undefined && !same(base.tags, theirs.tags)) ||
    (changes.groupKey !== undefined && !same(base.groupKey, theirs.groupKey))
  );
}

/** Saves; a change of other parts by somebody else in between is no conflict for the person. */
export async function commitChanges(
  save: Save,
  input: RevisionSave & { base: Base },
): Promise<Outcome<ExampleDetail>> {
  const { base, ...request } = input;
  let { version } = request;
  for (let n = 0; ; n += 1) {
    const outcome = await save({ ...request, version });
    const conflict = conflictOf(outcome);
    if (!conflict || n >= MAX_REBASES || collides(request.changes, base, conflict.theirs))
      return outcome;
    version = conflict.version;
  }
}
