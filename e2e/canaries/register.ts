// Canaries: what journeys put in or are given, and what may stand in no log. Journeys run in other
// processes than the start and the end of the installation, so they write them down in a file.
import { appendFileSync, readFileSync } from 'node:fs';

/** `what` is told where the text is found; the text is not. */
export type Canary = { what: string; text: string };

/** Shorter texts stand in innocent files by chance. In characters. */
export const SHORTEST_CANARY = 8;

const file = () => process.env.E2E_CANARIES ?? '';

/** Writes down texts that no log may hold. Throws on one that is too short to be told from others. */
export function canary(what: string, ...texts: string[]): void {
  for (const text of texts)
    if (text.length < SHORTEST_CANARY) throw new Error(`A canary (${what}) is too short.`);
  appendFileSync(file(), texts.map((text) => `${JSON.stringify({ what, text })}\n`).join(''), {
    mode: 0o600,
  });
}

/** What the journeys wrote down so far; nothing when none did. */
export const registeredCanaries = (): Canary[] =>
  readFileSync(file(), { encoding: 'utf8', flag: 'a+' })
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Canary);

/** The secret part of a one-time link: what stands behind its last slash or in its `token`. */
export const tokenOf = (link: string): string => {
  const { pathname, searchParams } = new URL(link);
  return searchParams.get('token') ?? pathname.split('/').at(-1) ?? '';
};
