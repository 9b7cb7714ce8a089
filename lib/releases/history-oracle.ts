// What a history of recorded actions means for a release, worked out from nothing but them.
import { SYSTEM_PROMPT } from '@/lib/releases/release-fixtures';

export type Text = { prompt: string; reply: string };
type Approval = { by: string; withdrawn: boolean };
type TextVersion = { text: Text; author: string; approvals: Approval[] };
export type Tracked = { id: string; versions: TextVersion[]; isRetired: boolean };

export const current = (example: Tracked): TextVersion => {
  const version = example.versions.at(-1);
  if (!version) throw new Error('an example without a text');
  return version;
};

/** Whether a person has had a hand in the text since somebody else last stood for it. */
export function contributed(example: Tracked, person: string): boolean {
  const since = example.versions.findLastIndex((version) =>
    version.approvals.some((approval) => !approval.withdrawn && approval.by !== person),
  );
  return example.versions.slice(since + 1).some((version) => version.author === person);
}

/** The approval that stands for the present text, if there is one. */
export const standing = (example: Tracked): Approval | undefined =>
  current(example).approvals.find((approval) => !approval.withdrawn);

/** Whether the present text may be trained on. */
export const isVerified = (example: Tracked): boolean =>
  !example.isRetired && standing(example) !== undefined;

/** The one line that a text has in a file of each format. */
export const lineOf: Record<string, (text: Text) => string> = {
  'openai-chat': ({ prompt, reply }) =>
    JSON.stringify({
      messages: [
        { role: 'system', content: SYSTEM_PROMPT },
        { role: 'user', content: prompt },
        { role: 'assistant', content: reply },
      ],
    }),
  'trl-prompt-completion': ({ prompt, reply }) =>
    JSON.stringify({
      prompt: [
        { role: 'system', content: SYSTEM_PROMPT },
        { role: 'user', content: prompt },
      ],
      completion: [{ role: 'assistant', content: reply }],
    }),
};

/** Examples that proofs had answered, and those that a release let retire as seen. */
export type Seen = { seen: Set<string>; spent: Set<string> };

/**
 * What is wrong with a release after what proofs have seen: nothing seen is taught, nothing that
 * retired comes back, and nothing retires that was not held out. Notes what retired in `history`.
 */
export function seenFaults(
  history: Seen,
  release: {
    items: { exampleId: string; split: string }[];
    leftOut: { exampleId: string; reason: string }[];
    placed: { id: string; split: string | null }[];
  },
): string[] {
  const faults: string[] = [];
  const splits = new Map(release.placed.map(({ id, split }) => [id, split]));
  for (const { exampleId, split } of release.items) {
    if (history.spent.has(exampleId)) faults.push(`${exampleId} came back`);
    if (history.seen.has(exampleId) && split !== 'held_out')
      faults.push(`${exampleId} is taught and was seen`);
  }
  for (const { exampleId, reason } of release.leftOut) {
    if (reason !== 'seen_in_proof') continue;
    if (splits.get(exampleId) !== 'held_out') faults.push(`${exampleId} retired from elsewhere`);
    if (history.seen.size === 0) faults.push(`${exampleId} retired and no proof was made`);
    history.spent.add(exampleId);
  }
  return faults;
}
