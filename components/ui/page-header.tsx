export interface PageHeaderProps {
  title: React.ReactNode;
  description?: React.ReactNode;
  /** A status beside the title. */
  status?: React.ReactNode;
  /** Buttons, the primary one last. */
  actions?: React.ReactNode;
}

/** The first line of a page; stands at the same place on every page. */
export function PageHeader({ title, description, status, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-72">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="text-20 font-semibold text-balance">{title}</h1>
          {status}
        </div>
        {description ? (
          <p className="mt-1 max-w-reading text-14 text-pretty text-ink-2">{description}</p>
        ) : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  );
}

/** The column of a page: same margins everywhere. `fill` takes the height for grids and panels. */
export function PageBody({
  children,
  width = 'full',
}: {
  children: React.ReactNode;
  width?: 'full' | 'reading';
}) {
  return (
    <div
      className={
        width === 'reading'
          ? 'flex max-w-3xl flex-col gap-8 px-4 py-5 sm:px-6'
          : 'flex flex-col gap-8 px-4 py-5 sm:px-6'
      }
    >
      {children}
    </div>
  );
}
