export interface EmptyStateProps {
  icon?: React.ReactNode;
  /** What will be here. */
  title: React.ReactNode;
  /** Why it is worth it. */
  description?: React.ReactNode;
  /** One action. */
  action?: React.ReactNode;
  /** One sample of what it will look like. */
  sample?: React.ReactNode;
  level?: 1 | 2 | 3;
}

/** A place that holds nothing yet. */
export function EmptyState(props: EmptyStateProps) {
  const { icon, title, description, action, sample, level = 2 } = props;
  const Heading = `h${level}` as const;
  return (
    <div className="mx-auto flex max-w-lg flex-col items-center gap-2 px-4 py-16 text-center">
      {icon ? (
        <span aria-hidden="true" className="mb-1 text-ink-3 [&_svg.lucide]:size-6">
          {icon}
        </span>
      ) : null}
      <Heading className="text-16 font-semibold text-balance">{title}</Heading>
      {description ? <div className="text-14 text-pretty text-ink-2">{description}</div> : null}
      {action ? <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div> : null}
      {sample ? (
        <div className="mt-6 w-full rounded-panel bg-sunken p-4 text-start text-14">{sample}</div>
      ) : null}
    </div>
  );
}
