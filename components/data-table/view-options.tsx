'use client';

import type { RowData } from '@tanstack/react-table';
import { SlidersHorizontal } from 'lucide-react';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { Popover } from '../ui/popover';
import { SegmentedControl } from '../ui/segmented-control';
import type { Density, GridTable } from './grid-features';

export interface ViewOptionsProps<TData extends RowData> {
  table: GridTable<TData>;
  density: Density;
  onDensity: (density: Density) => void;
  labels: { button: string; density: string; compact: string; cosy: string; columns: string };
}

/** How a grid looks: row height and columns. */
export function ViewOptions<TData extends RowData>(props: ViewOptionsProps<TData>) {
  const { table, density, onDensity, labels } = props;
  const columns = table.getAllLeafColumns().filter((column) => !column.columnDef.meta?.isFixed);
  return (
    <Popover
      label={labels.button}
      align="end"
      className="w-64"
      trigger={
        <Button size="small" variant="quiet" icon={<SlidersHorizontal aria-hidden="true" />}>
          <span className="max-sm:sr-only">{labels.button}</span>
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="flex flex-col gap-1.5">
          <span className="text-12 font-medium text-ink-3">{labels.density}</span>
          <SegmentedControl
            label={labels.density}
            value={density}
            options={[
              { value: 'compact', label: labels.compact },
              { value: 'cosy', label: labels.cosy },
            ]}
            onValueChange={onDensity}
          />
        </div>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1.5 text-12 font-medium text-ink-3">{labels.columns}</legend>
          {columns.map((column) => (
            <Checkbox
              key={column.id}
              label={column.columnDef.meta?.label ?? column.id}
              checked={column.getIsVisible()}
              onCheckedChange={(checked) => column.toggleVisibility(checked)}
            />
          ))}
        </fieldset>
      </div>
    </Popover>
  );
}
