import { CircleCheck, Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from './cn';

export type CalloutKind = 'info' | 'warning' | 'blocker' | 'success';

const LOOK: Record<CalloutKind, { icon: typeof Info; ground: string; ink: string }> = {
  info: { icon: Info, ground: 'bg-neutral-soft', ink: 'text-ink-2' },
  success: { icon: CircleCheck, ground: 'bg-positive-soft', ink: 'text-positive' },
  warning: { icon: TriangleAlert, ground: 'bg-caution-soft', ink: 'text-caution' },
  blocker: { icon: OctagonAlert, ground: 'bg-negative-soft', ink: 'text-negative' },
};

export interface CalloutProps {
  kind?: CalloutKind;
  title?: React.ReactNode;
  children?: React.ReactNode;
  action?: React.ReactNode;
  className?: string;
}

/** Something to know before going on. */
export function Callout({ kind = 'info', title, children, action, className }: CalloutProps) {
  const t = useTranslations('ui');
  const { icon: Icon, ground, ink } = LOOK[kind];
  return (
    <div
      className={cn(
        'flex flex-wrap items-start gap-x-2.5 gap-y-2 rounded-control px-3 py-2.5 text-14 forced-colors:border',
        ground,
        className,
      )}
    >
      <Icon aria-hidden="true" className={cn('mt-0.5', ink)} />
      <div className="min-w-0 flex-1 basis-52">
        <span className="sr-only">{t(kind)}: </span>
        {title ? <p className="font-medium">{title}</p> : null}
        {children ? <div className="text-ink-2">{children}</div> : null}
      </div>
      {action}
    </div>
  );
}
