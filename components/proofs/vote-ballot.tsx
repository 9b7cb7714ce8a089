'use client';

import { useTranslations } from 'next-intl';
import type { BallotView } from '@/lib/proofs/ballot-mutations';
import { VisibleText } from '../ui/visible-text';

/** A prompt and two answers, as plain text; nothing else is known here. */
export function VoteBallot({ ballot }: { ballot: BallotView }) {
  const t = useTranslations('proofs.vote');
  return (
    <div className="flex flex-col gap-6">
      <section aria-label={t('prompt')} className="flex flex-col gap-3">
        {ballot.messages.map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: turns of one example never move
          <div key={index}>
            <h2 className="text-12 font-medium text-ink-3">{t(`roles.${message.role}`)}</h2>
            <p
              dir="auto"
              className="mt-1 max-w-reading rounded-panel bg-sunken px-4 py-3 text-16 whitespace-pre-wrap"
            >
              <VisibleText text={message.content} />
            </p>
          </div>
        ))}
      </section>
      <div className="grid items-start gap-x-10 gap-y-6 md:grid-cols-2">
        {(['a', 'b'] as const).map((side) => (
          <section key={side} aria-label={t(`side.${side}`)} className="min-w-0">
            <h2 className="text-14 font-semibold">{t(`side.${side}`)}</h2>
            <p dir="auto" className="mt-1 max-w-reading text-16 whitespace-pre-wrap">
              {ballot[side] === '' ? (
                <span className="text-ink-3">{t('noText')}</span>
              ) : (
                <VisibleText text={ballot[side]} />
              )}
            </p>
          </section>
        ))}
      </div>
    </div>
  );
}
