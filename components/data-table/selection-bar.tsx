'use client';

import { X } from 'lucide-react';
import { IconButton } from '../ui/icon-button';

export interface SelectionBarProps {
  /** "12 selected" */
  summary: React.ReactNode;
  clearLabel: string;
  onClear: () => void;
  /** "Select all 1,284 that match" */
  widen?: React.ReactNode;
  children: React.ReactNode;
}

/** Takes the place of the filter bar while rows are selected; the same height, so that no row moves. */
export function SelectionBar({ summary, clearLabel, onClear, widen, children }: SelectionBarProps) {
  return (
    <div className="flex h-full min-w-0 flex-1 items-center gap-1.5">
      <IconButton
        size="small"
        label={clearLabel}
        icon={<X aria-hidden="true" />}
        onClick={onClear}
      />
      <span role="status" className="tabular shrink-0 text-13 font-medium">
        {summary}
      </span>
      {widen}
      <span aria-hidden="true" className="mx-1 h-5 border-s max-sm:hidden" />
      {children}
    </div>
  );
}
