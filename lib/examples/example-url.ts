import { createLoader, createParser, createSerializer, type inferParserType } from 'nuqs/server';
import {
  defaultSort,
  type ExampleFilter,
  type ExampleSort,
  exampleFilterSchema,
  exampleSortSchema,
} from '@/lib/examples/example-schema';

/** The state of the examples page in its address. What does not parse falls back to its default. */
const shape = exampleFilterSchema.shape;

function filterPart<Key extends keyof ExampleFilter>(key: Key) {
  return createParser<NonNullable<ExampleFilter[Key]>>({
    parse: (text) => {
      const parsed = shape[key].safeParse(text);
      return parsed.success ? ((parsed.data ?? null) as NonNullable<ExampleFilter[Key]>) : null;
    },
    serialize: String,
  });
}

const parseStatus = createParser<NonNullable<ExampleFilter['status']>>({
  parse: (text) => {
    const parsed = shape.status.safeParse([...new Set(text.split(','))]);
    return parsed.success ? (parsed.data ?? null) : null;
  },
  serialize: (list) => list.join(','),
  eq: (a, b) => a.join() === b.join(),
});

const parseSort = createParser<ExampleSort>({
  parse: (text) => {
    const [key, direction] = text.split('.');
    const parsed = exampleSortSchema.safeParse({ key, direction });
    return parsed.success ? parsed.data : null;
  },
  serialize: ({ key, direction }) => `${key}.${direction}`,
  eq: (a, b) => a.key === b.key && a.direction === b.direction,
}).withDefault(defaultSort);

const parseTrue = createParser<true>({
  parse: (text) => (text === '1' ? true : null),
  serialize: () => '1',
});

const parsePlace = createParser<string>({
  parse: (text) => (/^[\w-]{1,2000}$/.test(text) ? text : null),
  serialize: (text) => text,
});

const parseOpen = createParser<number | 'new'>({
  parse: (text) =>
    text === 'new' ? 'new' : /^[1-9]\d{0,8}$/.test(text) ? Number.parseInt(text, 10) : null,
  serialize: String,
});

export const exampleParsers = {
  status: parseStatus,
  topic: filterPart('topic'),
  tag: filterPart('tag'),
  author: filterPart('author'),
  rule: filterPart('rule'),
  blocker: parseTrue,
  import: filterPart('importId'),
  q: filterPart('q'),
  sort: parseSort,
  at: parsePlace,
  open: parseOpen,
};

export type ExampleUrl = inferParserType<typeof exampleParsers>;
export const loadExampleUrl = createLoader(exampleParsers);
export const serializeExampleUrl = createSerializer(exampleParsers);

/** The filter of an address. */
export function toFilter(url: ExampleUrl): ExampleFilter {
  return {
    ...(url.status ? { status: url.status } : {}),
    ...(url.topic === null ? {} : { topic: url.topic }),
    ...(url.tag ? { tag: url.tag } : {}),
    ...(url.author ? { author: url.author } : {}),
    ...(url.rule ? { rule: url.rule } : {}),
    ...(url.blocker ? { blocker: true } : {}),
    ...(url.import ? { importId: url.import } : {}),
    ...(url.q ? { q: url.q } : {}),
  };
}
