import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PSEUDO_LOCALE, pseudoTranslate } from './pseudo-locale';

/** Nested texts of one language: namespace → key → ICU message. */
export interface Messages {
  [key: string]: string | Messages;
}

const cache = new Map<string, Messages>();

/**
 * Reads every `messages/en/*.json`: the file name is the namespace, so a new namespace is a new
 * file and nothing else. Read once per process in production, on each call in development.
 */
export function loadMessages(locale: string): Messages {
  const cached = cache.get(locale);
  if (cached) return cached;
  const folder = path.join(/* turbopackIgnore: true */ process.cwd(), 'messages', 'en');
  const messages: Messages = {};
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.json')) continue;
    const text = readFileSync(path.join(folder, file), 'utf8');
    messages[file.slice(0, -'.json'.length)] = JSON.parse(text) as Messages;
  }
  const result = locale === PSEUDO_LOCALE ? pseudoTranslate(messages) : messages;
  if (process.env.NODE_ENV === 'production') cache.set(locale, result);
  return result;
}
