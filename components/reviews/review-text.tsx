'use client';

import { useTranslations } from 'next-intl';
import type { Content } from '@/lib/examples/content';
import { findHiddenCharacters } from '@/lib/hidden-characters';
import { VisibleText } from '../ui/visible-text';

/** The conversation as it was: who wrote what, in order; a system message of its own is folded unless something hides in it. */
export function Conversation({ content }: { content: Content }) {
  const t = useTranslations('reviews');
  return (
    <section aria-label={t('conversation')} className="flex min-w-0 flex-col gap-3">
      {content.system === undefined ? null : (
        <details
          open={findHiddenCharacters(content.system).length > 0}
          className="text-13 text-ink-2"
        >
          <summary className="w-fit rounded-control py-0.5 text-12 font-medium text-ink-3">
            {t('systemMessage')}
          </summary>
          <p dir="auto" className="mt-1 max-w-reading whitespace-pre-wrap">
            <VisibleText text={content.system} />
          </p>
        </details>
      )}
      <ol className="flex flex-col gap-4">
        {content.messages.map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: turns of one revision never move
          <li key={index}>
            <h2 className="text-12 font-medium text-ink-3">{t(`roles.${message.role}`)}</h2>
            <p
              dir="auto"
              className={
                message.role === 'user'
                  ? 'mt-1 max-w-reading rounded-panel bg-sunken px-4 py-3 text-16 whitespace-pre-wrap'
                  : 'mt-1 max-w-reading border-s-2 ps-4 text-16 whitespace-pre-wrap text-ink-2'
              }
            >
              <VisibleText text={message.content} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
