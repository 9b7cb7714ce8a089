'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from './button';

export interface FilterChip {
  id: string;
  /** "Status: approved" */
  label: string;
}

export interface FilterChipsProps {
  chips: FilterChip[];
  onRemove: (id: string) => void;
  onClear: () => void;
}

/** The filters that are on; each can be taken off. Shows nothing without any. */
export function FilterChips({ chips, onRemove, onClear }: FilterChipsProps) {
  const t = useTranslations('ui');
  if (chips.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <ul aria-label={t('activeFilters')} className="contents">
        {chips.map((chip) => (
          <li
            key={chip.id}
            className="inline-flex h-7 max-w-72 items-center rounded-control bg-accent-soft ps-2 text-13 text-accent-ink"
          >
            <span className="truncate">{chip.label}</span>
            <button
              type="button"
              aria-label={t('removeFilter', { label: chip.label })}
              onClick={() => onRemove(chip.id)}
              className="focus-inset flex size-7 shrink-0 items-center justify-center rounded-control hover:bg-accent/15"
            >
              <X aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      <Button size="small" variant="quiet" onClick={onClear}>
        {t('clearFilters')}
      </Button>
    </div>
  );
}
