import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Square } from '@/lib/proofs/result-queries';
import { cn } from '../ui/cn';

/** Each state has a sign of its own, so that the colour never speaks alone. */
const LOOK: Record<Square['state'], { className: string; sign: string }> = {
  win: { className: 'bg-positive text-canvas', sign: '+' },
  tie: { className: 'bg-neutral-soft text-ink-2 ring-1 ring-line-strong ring-inset', sign: '=' },
  loss: { className: 'bg-negative text-canvas', sign: '−' },
  open: { className: 'text-ink-3 ring-1 ring-line ring-inset', sign: '' },
  failed: { className: 'bg-muted-soft text-ink-3', sign: '×' },
};
const order: Square['state'][] = ['win', 'tie', 'loss', 'open', 'failed'];

/** One square for each group, sorted by what came out; each opens its example. */
export function GroupSquares({ base, squares }: { base: string; squares: Square[] }) {
  const t = useTranslations('proofs.squares');
  const sorted = [...squares].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  const counts = order.flatMap((state) => {
    const count = squares.filter((square) => square.state === state).length;
    return count === 0 ? [] : [t(`count.${state}`, { count })];
  });
  return (
    <div className="flex flex-col gap-2">
      <ul aria-label={t('label')} className="flex flex-wrap gap-1">
        {sorted.map(({ groupNumber, state, position }) => (
          <li key={groupNumber}>
            <Link
              prefetch={false}
              href={`${base}/examples/${position + 1}`}
              aria-label={t('open', { number: position + 1, state: t(`state.${state}`) })}
              className={cn(
                'flex size-6 items-center justify-center rounded-[4px] text-13 font-semibold',
                LOOK[state].className,
              )}
            >
              <span aria-hidden="true">{LOOK[state].sign}</span>
            </Link>
          </li>
        ))}
      </ul>
      <p className="text-13 text-ink-2">{counts.join(' · ')}</p>
    </div>
  );
}
