export interface StatProps {
  label: React.ReactNode;
  /** The figure with its unit, formatted. */
  value: React.ReactNode;
  /** The size of the sample, a comparison, a limit. */
  note?: React.ReactNode;
}

/** Figures side by side. */
export function Stats({ children }: { children: React.ReactNode }) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:flex sm:flex-wrap sm:gap-x-10">
      {children}
    </dl>
  );
}

export function Stat({ label, value, note }: StatProps) {
  return (
    <div className="flex min-w-24 flex-col">
      <dt className="text-12 text-ink-3">{label}</dt>
      <dd className="tabular text-20 font-semibold">{value}</dd>
      {note ? <dd className="text-12 text-ink-3">{note}</dd> : null}
    </div>
  );
}
