import {
  type ImportState,
  type ImportStep,
  importSteps,
  type Mapping,
  type Reading,
  type SingleTarget,
  singleTargets,
} from '@/lib/imports/import-schema';

export const emptyMapping: Mapping = {
  prompt: null,
  reply: null,
  system: null,
  topic: null,
  group: null,
  author: null,
  tags: [],
};

/** Names under which each target is usually found, best first; compared without case and separators. */
const usualNames: Record<SingleTarget | 'tags', string[]> = {
  prompt: [
    'prompt',
    'instruction',
    'question',
    'customermessage',
    'customermail',
    'input',
    'query',
    'inquiry',
    'request',
    'message',
    'user',
    'frage',
    'anfrage',
  ],
  reply: [
    'reply',
    'idealreply',
    'response',
    'answer',
    'completion',
    'output',
    'agentreply',
    'assistant',
    'antwort',
  ],
  system: ['system', 'systemprompt', 'systemmessage'],
  topic: ['topic', 'intent', 'category', 'subject', 'label', 'thema'],
  group: [
    'group',
    'groupkey',
    'ticket',
    'ticketid',
    'ticketnumber',
    'conversation',
    'conversationid',
    'thread',
    'threadid',
    'convoid',
    'customer',
    'customerid',
    'document',
    'documentid',
  ],
  author: ['author', 'agent', 'agentemail', 'agentname', 'writtenby', 'assignee', 'autor'],
  tags: ['tags', 'tag', 'labels'],
};

const fold = (name: string) => name.toLowerCase().replace(/[\s_\-./]+/g, '');

/**
 * The mapping that the names of the columns suggest. A name that stands twice is left to the
 * person. Without a column for the group, an intent-like topic column also feeds the group only
 * when it is called intent: all its wordings are one case.
 */
export function suggestMapping(columns: string[]): Mapping {
  const folded = columns.map(fold);
  const find = (target: SingleTarget | 'tags'): number | null => {
    for (const name of usualNames[target]) {
      const at = folded.indexOf(name);
      if (at >= 0 && folded.lastIndexOf(name) === at) return at;
    }
    return null;
  };
  const mapping: Mapping = { ...emptyMapping, tags: [] };
  for (const target of singleTargets) mapping[target] = find(target);
  const tags = find('tags');
  if (tags !== null && tags !== mapping.topic) mapping.tags = [tags];
  const intent = folded.indexOf('intent');
  if (mapping.group === null && intent >= 0 && mapping.topic === intent) mapping.group = intent;
  return mapping;
}

/** Column names of usual targets that stand more than once: "two columns named reply". */
export function ambiguousNames(columns: string[]): string[] {
  const folded = columns.map(fold);
  const usual = new Set(Object.values(usualNames).flat());
  return [
    ...new Set(
      columns.filter(
        (_, at) =>
          usual.has(folded[at] ?? '') &&
          folded.indexOf(folded[at] ?? '') !== folded.lastIndexOf(folded[at] ?? ''),
      ),
    ),
  ];
}

/** Whether every column that a mapping names exists. */
export function mappingFits(mapping: Mapping, reading: Reading): boolean {
  const used = [...singleTargets.map((target) => mapping[target]), ...mapping.tags];
  return used.every((column) => column === null || column < reading.columns.length);
}

/** Whether a mapping brings prompt and reply; chat lines bring their own. */
export function mappingIsComplete(mapping: Mapping, reading: Reading): boolean {
  if (!mappingFits(mapping, reading)) return false;
  return reading.format === 'jsonl' || (mapping.prompt !== null && mapping.reply !== null);
}

const MAX_NAME_LENGTH = 150;

/** A file's name fit to be shown and stored: no folders, no control or direction characters. */
export function cleanFileName(name: string): string {
  const base = name
    .toWellFormed()
    .split(/[\\/]/)
    .at(-1)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
    ?.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
  if (!base || base === '.' || base === '..') return 'import';
  if (base.length <= MAX_NAME_LENGTH) return base;
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(base)?.[0] ?? '';
  return `${[...base].slice(0, MAX_NAME_LENGTH - extension.length - 1).join('')}…${extension}`;
}

/** The furthest step that an import has reached. */
export function stepOf(state: ImportState): ImportStep {
  switch (state) {
    case 'uploaded':
    case 'failed':
      return 'mapping';
    case 'checking':
    case 'checked':
      return 'check';
    case 'importing':
    case 'imported':
    case 'undoing':
    case 'undone':
      return 'done';
    case 'cancelled':
      return 'upload';
    default:
      return state satisfies never;
  }
}

/** Whether a step can be visited: all up to the furthest, and only the last once it is imported. */
export function canVisit(state: ImportState, step: ImportStep): boolean {
  const furthest = stepOf(state);
  if (step === 'upload') return false;
  if (furthest === 'done') return step === 'done';
  return importSteps.indexOf(step) <= importSteps.indexOf(furthest);
}
