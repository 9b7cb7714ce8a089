'use client';

import { Select as BaseSelect } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from './cn';
import { CONTROL, ITEM, POPUP } from './control-class';

export interface SelectOption {
  value: string;
  label: string;
  hint?: string | undefined;
  disabled?: boolean;
}

export interface SelectProps {
  options: SelectOption[];
  name?: string;
  value?: string | null;
  defaultValue?: string;
  placeholder?: string;
  disabled?: boolean;
  required?: boolean;
  onValueChange?: (value: string) => void;
  /** Its name where no `Field` is around it. */
  'aria-label'?: string;
  size?: 'small' | 'medium';
  className?: string;
}

/** One of up to a dozen choices. For more, use `Combobox`. */
export function Select(props: SelectProps) {
  const t = useTranslations('ui');
  const { options, placeholder, onValueChange, size = 'medium', className, ...rest } = props;
  const { 'aria-label': label, ...root } = rest;
  return (
    <BaseSelect.Root
      {...root}
      items={options}
      modal={false}
      onValueChange={
        onValueChange ? (value: string | null) => value !== null && onValueChange(value) : undefined
      }
    >
      <BaseSelect.Trigger
        aria-label={label}
        className={cn(
          CONTROL,
          'flex items-center justify-between gap-2 text-start',
          size === 'small' ? 'h-7 text-13' : 'h-8',
          className,
        )}
      >
        <BaseSelect.Value
          placeholder={<span className="text-ink-3">{placeholder ?? t('selectPlaceholder')}</span>}
          className="min-w-0 truncate"
        />
        <BaseSelect.Icon className="text-ink-3">
          <ChevronDown aria-hidden="true" />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <BaseSelect.Popup
            className={cn(
              POPUP,
              'max-h-(--available-height) min-w-(--anchor-width) max-w-96 overflow-y-auto p-1',
            )}
          >
            <BaseSelect.List>
              {options.map((option) => (
                <BaseSelect.Item
                  key={option.value}
                  value={option.value}
                  disabled={option.disabled}
                  className={ITEM}
                >
                  <span className="min-w-0 flex-1">
                    <BaseSelect.ItemText>{option.label}</BaseSelect.ItemText>
                    {option.hint ? (
                      <span className="block text-12 text-ink-3">{option.hint}</span>
                    ) : null}
                  </span>
                  <BaseSelect.ItemIndicator className="text-accent-ink">
                    <Check aria-hidden="true" />
                  </BaseSelect.ItemIndicator>
                </BaseSelect.Item>
              ))}
            </BaseSelect.List>
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}
