import { cn } from './cn';

/** A grey shape where something will stand; appears only when loading takes longer than 300 ms. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn('skeleton block h-4 rounded-[4px] bg-neutral-soft', className)}
    />
  );
}

/** Rows of a table that is on its way. */
export function SkeletonRows({ rows, columns }: { rows: number; columns: number }) {
  return (
    <div aria-hidden="true" className="flex flex-col">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: shapes have no identity and never move
        <div key={row} className="flex h-9 items-center gap-6 border-b">
          {Array.from({ length: columns }, (_, column) => (
            <Skeleton
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              key={column}
              className={cn('h-3', column === 0 ? 'w-10' : column === 1 ? 'flex-1' : 'w-24')}
            />
          ))}
        </div>
      ))}
    </div>
  );
}
