'use client';

import { MessageSquarePlus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Message } from '@/lib/examples/content';
import { HiddenView } from '../checks/hidden-view';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { Field } from '../ui/field';
import { IconButton } from '../ui/icon-button';
import { Textarea } from '../ui/textarea';
import { leaveOnEscape } from './text-fields';

export interface ConversationFieldsProps {
  messages: Message[];
  isLocked: boolean;
  onChange: (messages: Message[]) => void;
  onBlur: () => void;
}

/** The prompt: one message, or the conversation as it was, which ends with the customer. */
export function ConversationFields(props: ConversationFieldsProps) {
  const { messages, isLocked, onChange, onBlur } = props;
  const t = useTranslations('examples');
  const isTalk = messages.length > 1;
  const last = messages.at(-1);
  return (
    <section aria-label={t('columns.prompt')} className="flex flex-col gap-3">
      {messages.map((message, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: turns have no identity but their place
          key={index}
          className={cn(isTalk && message.role === 'assistant' && 'ps-6')}
        >
          <div className="flex items-end gap-1">
            <Field
              className="min-w-0 flex-1"
              label={
                isTalk ? t(`panel.roles.${message.role}`, { turn: index + 1 }) : t('columns.prompt')
              }
            >
              <Textarea
                rows={message.role === 'user' ? 3 : 2}
                readOnly={isLocked}
                value={message.content}
                className="max-h-64! min-h-16 max-w-reading"
                onBlur={onBlur}
                onKeyDown={leaveOnEscape}
                onChange={(event) =>
                  onChange(messages.with(index, { ...message, content: event.currentTarget.value }))
                }
              />
            </Field>
            {isTalk && !isLocked ? (
              <IconButton
                size="small"
                label={t('panel.removeTurn', { turn: index + 1 })}
                icon={<Trash2 aria-hidden="true" />}
                onClick={() => onChange(messages.toSpliced(index, 1))}
              />
            ) : null}
          </div>
          <HiddenView text={message.content} />
        </div>
      ))}
      {last?.role === 'assistant' ? (
        <p className="text-13 text-negative">{t('errors.lastNotUser')}</p>
      ) : null}
      {isLocked ? null : (
        <Button
          size="small"
          variant="quiet"
          className="-ms-2 self-start"
          icon={<MessageSquarePlus aria-hidden="true" />}
          onClick={() =>
            onChange([
              ...messages,
              ...(last?.role === 'assistant' ? [] : [{ role: 'assistant' as const, content: '' }]),
              { role: 'user' as const, content: '' },
            ])
          }
        >
          {t('panel.addTurn')}
        </Button>
      )}
    </section>
  );
}
