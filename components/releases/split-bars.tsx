import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn';
import type { ReleaseCounts } from '@/lib/releases/release-schema';

const parts = [
  { split: 'training', count: 'training', keys: 'training', colour: 'bg-accent' },
  { split: 'validation', count: 'validation', keys: 'validation', colour: 'bg-caution' },
  { split: 'held_out', count: 'heldOut', keys: 'heldOut', colour: 'bg-neutral' },
] as const;

/** How a release falls into its three parts: one bar to scale, the numbers under it. */
export function SplitBars({
  counts,
}: {
  counts: Pick<ReleaseCounts, 'training' | 'validation' | 'heldOut' | 'keys'>;
}) {
  const t = useTranslations('releases');
  return (
    <div className="flex max-w-3xl flex-col gap-3">
      <div aria-hidden="true" className="flex h-3 gap-px overflow-hidden rounded-full">
        {parts.map(({ split, count, colour }) => (
          <span key={split} className={colour} style={{ flexGrow: counts[count] }} />
        ))}
      </div>
      <dl className="grid grid-cols-3 gap-4">
        {parts.map(({ split, count, keys, colour }) => (
          <div key={split} className="flex min-w-0 flex-col">
            <dt className="flex items-center gap-2 text-13 text-ink-2">
              <span aria-hidden="true" className={cn('size-2 rounded-full', colour)} />
              {t(`split.${split}`)}
            </dt>
            <dd className="text-20 font-semibold tabular-nums">{counts[count]}</dd>
            <dd className="text-13 text-ink-3">
              {t('preview.keys', { count: counts.keys[keys] })}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
