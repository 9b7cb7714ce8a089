import { createCompoundSchema, type Schema } from 'genson-js';
import { readObject } from '@/lib/proofs/measures/fields';

/** A JSON Schema that names every field; what it does not name may not be written. */
type ReplySchema = { [key: string]: unknown };

/** Past this many characters the shape is none of a form, but of texts that happen to be JSON. */
const MAX_LENGTH = 20_000;

/**
 * The shape that the training replies share, where every one of them is a JSON object: the fields
 * that occur, those that always occur as required. Null where replies are texts. Held-out replies
 * are not read: the shape tells no arm what it may not know.
 */
export function replySchema(trainingReplies: readonly string[]): ReplySchema | null {
  const values: object[] = [];
  for (const reply of trainingReplies) {
    const value = readObject(reply);
    if (!value) return null;
    values.push(value);
  }
  if (values.length === 0) return null;
  const schema = closed(createCompoundSchema(values));
  return JSON.stringify(schema).length > MAX_LENGTH ? null : schema;
}

/** The same schema, in which no object may have further fields. */
function closed(schema: Schema): ReplySchema {
  const { properties, items, anyOf, ...rest } = schema;
  return {
    ...rest,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, child]) => [name, closed(child)]),
      ),
      additionalProperties: false,
    }),
    ...(items && { items: closed(items) }),
    ...(anyOf && { anyOf: anyOf.map(closed) }),
  };
}
