/**
 * An answer as people see it. What a model thought to itself before it is no part of it, and could
 * name the model. Pure.
 */
export const withoutThinking = (text: string): string =>
  text.replace(/<think(?:ing)?>[\s\S]*?(?:<\/think(?:ing)?>|$)/gi, '').trim();
