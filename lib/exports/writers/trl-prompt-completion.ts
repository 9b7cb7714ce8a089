import { z } from 'zod';
import type { Writer } from '@/lib/exports/writers/writer';

const message = z.strictObject({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.string(),
});
const lineSchema = z.strictObject({
  prompt: z.array(message).min(2),
  completion: z
    .array(z.strictObject({ role: z.literal('assistant'), content: z.string() }))
    .length(1),
});

/** TRL's conversational prompt-completion format: the loss is on the completion, whatever the template. */
export const trlPromptCompletion: Writer = {
  id: 'trl-prompt-completion',
  contentType: 'application/jsonl',
  render(content, system) {
    return JSON.stringify({
      prompt: [
        { role: 'system', content: system },
        ...content.messages.map(({ role, content }) => ({ role, content })),
      ],
      completion: [{ role: 'assistant', content: content.reply }],
    });
  },
  parse(line) {
    const { prompt, completion } = lineSchema.parse(JSON.parse(line));
    const [first, ...rest] = prompt;
    if (first?.role !== 'system') throw new Error('roles');
    return {
      system: first.content,
      content: {
        messages: rest.map(({ role, content }) => {
          if (role === 'system') throw new Error('roles');
          return { role, content };
        }),
        reply: completion[0]?.content ?? '',
      },
    };
  },
};
