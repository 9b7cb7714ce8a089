import { useId } from 'react';
import { cn } from './cn';

export interface SectionProps {
  title: React.ReactNode;
  description?: React.ReactNode;
  actions?: React.ReactNode;
  level?: 2 | 3;
  children: React.ReactNode;
  className?: string;
  /** An address within the page: others link to this part. */
  anchor?: string;
}

/** A part of a page: told apart by space and a heading, not by a box. */
export function Section(props: SectionProps) {
  const { title, description, actions, level = 2, children, className, anchor } = props;
  const id = useId();
  const Heading = `h${level}` as const;
  return (
    <section id={anchor} aria-labelledby={id} className={cn('flex flex-col gap-3', className)}>
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <Heading id={id} className={cn('font-semibold', level === 2 ? 'text-16' : 'text-14')}>
            {title}
          </Heading>
          {description ? (
            <p className="max-w-reading text-14 text-pretty text-ink-2">{description}</p>
          ) : null}
        </div>
        {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      </div>
      {children}
    </section>
  );
}
