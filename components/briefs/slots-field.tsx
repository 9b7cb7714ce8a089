'use client';

import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { slotsSchema } from '@/lib/checks/rule-schema';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Section } from '../ui/section';

export interface SlotsFieldProps {
  slots: string[];
  onChange: (slots: string[]) => void;
  children?: React.ReactNode;
}

/** The names of the blanks that replies may hold. */
export function SlotsField({ slots, onChange, children }: SlotsFieldProps) {
  const t = useTranslations('brief');
  const checks = useTranslations('checks.errors');
  const [name, setName] = useState('');
  const [error, setError] = useState<string>();

  const add = () => {
    const wanted = name.trim().replace(/^\{+|\}+$/g, '');
    const next = [...slots, wanted];
    const parsed = slotsSchema.safeParse(next);
    if (!parsed.success) {
      const key = (parsed.error.issues[0]?.message ?? 'invalid') as Parameters<typeof checks>[0];
      setError(checks.has(key) ? checks(key) : checks('invalid'));
      return;
    }
    setName('');
    setError(undefined);
    onChange(next);
  };

  return (
    <Section title={t('fields.slots')} description={t('fields.slotsHint')}>
      {slots.length === 0 ? (
        <p className="text-13 text-ink-3">{t('slots.none', { braces: '{{…}}' })}</p>
      ) : (
        <ul aria-label={t('slots.added')} className="flex flex-wrap gap-1.5">
          {slots.map((slot) => (
            <li
              key={slot}
              className="inline-flex h-7 max-w-full items-center rounded-control bg-neutral-soft ps-2"
            >
              <code className="truncate font-mono text-13">{`{{${slot}}}`}</code>
              <button
                type="button"
                aria-label={t('slots.remove', { name: slot })}
                onClick={() => onChange(slots.filter((other) => other !== slot))}
                className="focus-inset flex size-7 shrink-0 items-center justify-center rounded-control text-ink-3 hover:bg-hover hover:text-ink"
              >
                <X aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex max-w-form items-end gap-2">
        <Field name="slot" label={t('slots.name')} error={error} className="flex-1">
          <Input
            value={name}
            placeholder={t('slots.placeholder')}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
              event.preventDefault();
              add();
            }}
          />
        </Field>
        <Button icon={<Plus aria-hidden="true" />} disabled={name.trim() === ''} onClick={add}>
          {t('slots.add')}
        </Button>
      </div>
      {children}
    </Section>
  );
}
