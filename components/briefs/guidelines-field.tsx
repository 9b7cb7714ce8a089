'use client';

import { useTranslations } from 'next-intl';
import { useDeferredValue, useState } from 'react';
import { cn } from '../ui/cn';
import { Field } from '../ui/field';
import { Markdown } from '../ui/markdown';
import { SegmentedControl } from '../ui/segmented-control';
import { Textarea } from '../ui/textarea';

export interface GuidelinesFieldProps {
  value: string;
  error?: string | undefined;
  onChange: (value: string) => void;
}

/** Markdown on one side, what people will read on the other; on small screens one at a time. */
export function GuidelinesField({ value, error, onChange }: GuidelinesFieldProps) {
  const t = useTranslations('brief');
  const settled = useDeferredValue(value);
  const [side, setSide] = useState<'write' | 'preview'>('write');
  return (
    <div className="flex flex-col gap-3">
      <div className="lg:hidden">
        <SegmentedControl
          label={t('guidelinesSide')}
          value={side}
          options={[
            { value: 'write', label: t('write') },
            { value: 'preview', label: t('fields.preview') },
          ]}
          onValueChange={setSide}
        />
      </div>
      <div className="grid gap-6 lg:grid-cols-2">
        <Field
          name="guidelines"
          label={t('fields.guidelines')}
          hint={t('fields.guidelinesHint')}
          error={error}
          className={side === 'preview' ? 'max-lg:hidden' : undefined}
        >
          <Textarea
            rows={12}
            value={value}
            className="min-h-64"
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        </Field>
        <section
          aria-label={t('fields.preview')}
          className={cn('flex min-w-0 flex-col gap-1.5', side === 'write' && 'max-lg:hidden')}
        >
          <h2 className="text-13 font-medium">{t('fields.preview')}</h2>
          <div className="min-h-64 flex-1 rounded-control bg-sunken px-4 py-3">
            {settled.trim() === '' ? (
              <p className="text-14 text-ink-3">{t('fields.previewEmpty')}</p>
            ) : (
              <Markdown text={settled} />
            )}
          </div>
        </section>
      </div>
    </div>
  );
}
