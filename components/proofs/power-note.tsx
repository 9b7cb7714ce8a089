import { useTranslations } from 'next-intl';
import type { Power } from '@/lib/proofs/power-queries';
import { FEW_HELD_OUT } from '@/lib/releases/release-schema';

/** What held-out examples of this number can prove at all, told before anything is measured. */
export function PowerNote({ power }: { power: Power }) {
  const t = useTranslations('proofs');
  const groups = power.parts.reduce((sum, part) => sum + part.groups, 0);
  const isOne = power.parts.length === 1;
  return (
    <div className="flex max-w-reading flex-col gap-1 text-14 text-ink-2">
      {power.parts.map(({ kind, groups, wins }) => (
        <p key={kind}>
          {isOne ? null : `${t(`kind.${kind}`)}: `}
          {wins === null ? t('power.impossible', { groups }) : t('power.wins', { groups, wins })}
        </p>
      ))}
      {power.others.length > 0 ? (
        <p>
          {t('power.others', {
            list: power.others.map((other) => t('power.other', other)).join('; '),
          })}
        </p>
      ) : null}
      {power.ordinal > 1 ? <p>{t('power.level', { ordinal: power.ordinal })}</p> : null}
      {power.drawn ? <p>{t('drawn.atMost', power.drawn)}</p> : null}
      {groups < FEW_HELD_OUT ? <p>{t('power.reserve')}</p> : null}
    </div>
  );
}
