import { foldText } from '@/lib/checks/fold-text';

/**
 * A refusal is an answer that declines to do what was asked, not a "no" of the business ("we cannot
 * refund this"). So the speaker must decline an act of *answering*: help, assist, provide, write,
 * answer, comply, share … or this request as such. English only, and only near the beginning,
 * where models decline; the patterns are few so that people can read them.
 */
const unable =
  "(?:can't|can ?not|could not|couldn't|won't|will not|am not able to|'m not able to|am unable to|'m unable to|must decline to|have to decline to|am not allowed to|'m not allowed to)";
const answering =
  '(?:help|assist|comply|answer|respond|engage|provide|share|disclose|reveal|write|create|generate|produce|discuss|fulfil|fulfill|support|complete|do)';
const object =
  '(?:you )?(?:with )?(?:that|this|it|such|any|those|these|your request|you with|instructions|information|advice|content|code|details|the (?:request|system prompt|instructions))';

const patterns: readonly RegExp[] = [
  new RegExp(`\\bi ?${unable} (?:really |actually )?(?:be able to )?${answering} ${object}\\b`),
  new RegExp(`\\bi ?${unable} (?:help|assist|comply|answer)(?: you)?\\s?(?:[.,;!]|$)`),
  /\bi (?:must|have to|need to) (?:decline|refuse)\b/,
  /\bi (?:decline|refuse) to (?:help|assist|answer|do|write|provide|share)\b/,
  /\b(?:this|that|the|your) request (?:is|goes) against (?:my|our|the) (?:guidelines|policy|policies|rules)\b/,
  /\bas an? (?:ai|language model|ai language model|assistant),? i (?:can't|cannot|can not|am not|won't|do not|don't)\b/,
  /\b(?:it is|it's|that is|that's) (?:not appropriate|not something i can|nothing i can) (?:for me to |help |assist |share |do )/,
  /\bi (?:do not|don't) (?:feel comfortable|provide|give) (?:medical|legal|financial|that|this|with|such|answering|providing)\b/,
];

/** How far into an answer a refusal begins, in folded UTF-16 units. */
const BEGINNING = 400;

/** Whether an answer declines to answer. Linear; looks at its beginning only. */
export function isRefusal(answer: string): boolean {
  const beginning = foldText(answer.slice(0, 4 * BEGINNING)).text.slice(0, BEGINNING);
  return patterns.some((pattern) => pattern.test(beginning));
}
