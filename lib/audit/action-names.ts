import texts from '@/messages/en/audit.json';

type Sentences = typeof texts.actions;

/**
 * Every action that the record knows: one for each plain sentence of messages/en/audit.json, so
 * that nothing can be recorded which the page of the record cannot say.
 */
export type AuditAction = {
  [Domain in keyof Sentences]: `${Domain}.${keyof Sentences[Domain] & string}`;
}[keyof Sentences];

export const auditActions = Object.entries(texts.actions).flatMap(([domain, sentences]) =>
  Object.keys(sentences).map((verb) => `${domain}.${verb}`),
);

const known: ReadonlySet<string> = new Set(auditActions);
export const isAuditAction = (action: string): action is AuditAction => known.has(action);
