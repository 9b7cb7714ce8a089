'use client';

import { Combobox as BaseCombobox } from '@base-ui/react/combobox';
import { Check, ChevronDown, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from './cn';
import { CONTROL, ITEM, POPUP } from './control-class';
import type { SelectOption } from './select';

export interface ComboboxProps {
  options: SelectOption[];
  value: string | null;
  onValueChange: (value: string | null) => void;
  name?: string;
  placeholder?: string;
  disabled?: boolean;
  required?: boolean;
  'aria-label'?: string;
  className?: string;
}

/** One of many choices, found by typing. */
export function Combobox(props: ComboboxProps) {
  const t = useTranslations('ui');
  const { options, value, onValueChange, className, placeholder } = props;
  const icon =
    'hit-area flex size-6 items-center justify-center rounded-[4px] text-ink-3 hover:text-ink';
  return (
    <BaseCombobox.Root
      items={options}
      value={options.find((option) => option.value === value) ?? null}
      onValueChange={(option: SelectOption | null) => onValueChange(option?.value ?? null)}
      itemToStringValue={(option: SelectOption) => option.value}
      name={props.name}
      disabled={props.disabled}
      required={props.required}
      autoHighlight
    >
      <BaseCombobox.InputGroup className={cn('relative block', className)}>
        <BaseCombobox.Input
          dir="auto"
          aria-label={props['aria-label']}
          placeholder={placeholder ?? t('selectPlaceholder')}
          className={cn(CONTROL, 'h-8 pe-14')}
        />
        <span className="absolute inset-y-0 end-1.5 flex items-center">
          <BaseCombobox.Clear aria-label={t('clear')} className={icon}>
            <X aria-hidden="true" />
          </BaseCombobox.Clear>
          <BaseCombobox.Trigger aria-label={t('openList')} className={icon}>
            <ChevronDown aria-hidden="true" />
          </BaseCombobox.Trigger>
        </span>
      </BaseCombobox.InputGroup>
      <BaseCombobox.Portal>
        <BaseCombobox.Positioner sideOffset={4} className="z-50">
          <BaseCombobox.Popup
            className={cn(
              POPUP,
              'max-h-[min(var(--available-height),20rem)] w-(--anchor-width) min-w-56 overflow-y-auto p-1',
            )}
          >
            <BaseCombobox.Empty className="px-2 py-2 text-13 text-ink-3 empty:hidden">
              {t('noMatches')}
            </BaseCombobox.Empty>
            <BaseCombobox.List>
              {(option: SelectOption) => (
                <BaseCombobox.Item
                  key={option.value}
                  value={option}
                  disabled={option.disabled}
                  className={ITEM}
                >
                  <span className="min-w-0 flex-1">
                    {option.label}
                    {option.hint ? (
                      <span className="block text-12 text-ink-3">{option.hint}</span>
                    ) : null}
                  </span>
                  <BaseCombobox.ItemIndicator className="text-accent-ink">
                    <Check aria-hidden="true" />
                  </BaseCombobox.ItemIndicator>
                </BaseCombobox.Item>
              )}
            </BaseCombobox.List>
          </BaseCombobox.Popup>
        </BaseCombobox.Positioner>
      </BaseCombobox.Portal>
    </BaseCombobox.Root>
  );
}
