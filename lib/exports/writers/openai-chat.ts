import { z } from 'zod';
import type { Writer } from '@/lib/exports/writers/writer';

const lineSchema = z.strictObject({
  messages: z
    .array(
      z.strictObject({
        role: z.enum(['system', 'user', 'assistant']),
        content: z.string(),
        weight: z.literal(0).optional(),
      }),
    )
    .min(3),
});

/**
 * OpenAI chat format, one JSON object a line. Only the last assistant message is trained on:
 * the earlier ones carry `weight: 0`.
 */
export const openaiChat: Writer = {
  id: 'openai-chat',
  contentType: 'application/jsonl',
  render(content, system) {
    return JSON.stringify({
      messages: [
        { role: 'system', content: system },
        ...content.messages.map((message) => ({
          role: message.role,
          content: message.content,
          ...(message.role === 'assistant' ? { weight: 0 } : {}),
        })),
        { role: 'assistant', content: content.reply },
      ],
    });
  },
  parse(line) {
    const { messages } = lineSchema.parse(JSON.parse(line));
    const [first, ...rest] = messages;
    const reply = rest.pop();
    if (first?.role !== 'system' || reply?.role !== 'assistant' || reply.weight !== undefined)
      throw new Error('roles');
    return {
      system: first.content,
      content: {
        messages: rest.map(({ role, content, weight }) => {
          if (role === 'system' || (weight === 0) !== (role === 'assistant'))
            throw new Error('roles');
          return { role, content };
        }),
        reply: reply.content,
      },
    };
  },
};
