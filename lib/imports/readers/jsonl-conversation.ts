import { MAX_MESSAGES } from '@/lib/examples/content';
import type { BadReason } from '@/lib/imports/import-schema';
import type { RowConversation } from '@/lib/imports/readers/reader';

type Fault = { reason: BadReason; column: string };
type Part = { role: 'system' | 'user' | 'assistant'; content: string };

/** The conversation of a chat line: system first if at all, the last message from the assistant. */
export function conversationOf(row: Record<string, unknown>): RowConversation | Fault {
  const source = messagesOf(row);
  if (!source) return { reason: 'noMessages', column: 'messages' };
  if (source.length > MAX_MESSAGES + 2) return { reason: 'tooManyMessages', column: 'messages' };
  const parts: Part[] = [];
  for (const [index, message] of source.entries()) {
    const part = partOf(message);
    if (typeof part === 'string') return { reason: part, column: `messages ${index + 1}` };
    if (part.role === 'system' && index > 0)
      return { reason: 'systemNotFirst', column: `messages ${index + 1}` };
    parts.push(part);
  }
  const reply = parts.at(-1);
  if (reply?.role !== 'assistant')
    return { reason: 'lastNotAssistant', column: `messages ${parts.length}` };
  const system = parts[0]?.role === 'system' ? parts[0].content : undefined;
  const messages = parts.slice(system === undefined ? 0 : 1, -1) as RowConversation['messages'];
  if (!messages.some((message) => message.role === 'user'))
    return { reason: 'noUserMessage', column: 'messages' };
  return { ...(system === undefined ? {} : { system }), messages, reply: reply.content };
}

function messagesOf(row: Record<string, unknown>): unknown[] | null {
  if (Object.hasOwn(row, 'messages')) return Array.isArray(row.messages) ? row.messages : null;
  if (Object.hasOwn(row, 'prompt') && Object.hasOwn(row, 'completion')) {
    const prompt = toMessages(row.prompt, 'user');
    const completion = toMessages(row.completion, 'assistant');
    return prompt && completion ? [...prompt, ...completion] : null;
  }
  return null;
}

function toMessages(value: unknown, role: Part['role']): unknown[] | null {
  if (typeof value === 'string') return [{ role, content: value }];
  return Array.isArray(value) ? value : null;
}

const isRole = (role: unknown): role is Part['role'] =>
  role === 'system' || role === 'user' || role === 'assistant';

function partOf(message: unknown): Part | BadReason {
  if (typeof message !== 'object' || message === null || Array.isArray(message))
    return 'messageNotObject';
  const { role, content } = message as Record<string, unknown>;
  for (const key of ['tool_calls', 'function_call', 'tool_call_id']) {
    if (Object.hasOwn(message, key) && (message as Record<string, unknown>)[key] !== null)
      return 'toolCalls';
  }
  if (!isRole(role)) return role === 'tool' || role === 'function' ? 'toolCalls' : 'unknownRole';
  if (Array.isArray(content)) return 'contentParts';
  if (typeof content !== 'string') return 'contentMissing';
  return { role, content };
}
