import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { type Content, normaliseText } from '@/lib/examples/content';

// Apart from the schemas, which pages load too: no browser has node's crypto, and a copy of it weighs 500 kB.

/**
 * SHA-256, hex, over the canonical JSON (RFC 8785) of exactly {system?, messages[], reply}.
 * Stands in every manifest; recomputed by the verifier from the exported line.
 */
export function contentHash(content: Content): string {
  const exact = {
    ...(content.system === undefined ? {} : { system: content.system }),
    messages: content.messages.map(({ role, content }) => ({ role, content })),
    reply: content.reply,
  };
  return createHash('sha256')
    .update(canonicalize(exact) as string)
    .digest('hex');
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

/** Keys of duplicate look-up: of the normalised prompt, and of prompt and reply. Hex. */
export function duplicateKeys(content: Pick<Content, 'messages' | 'reply'>): {
  promptHash: string;
  pairHash: string;
} {
  const prompt = content.messages
    .map((m) => `${m.role}\u0001${normaliseText(m.content)}`)
    .join('\u0002');
  return {
    promptHash: digest(prompt),
    pairHash: digest(`${prompt}\u0003${normaliseText(content.reply)}`),
  };
}
