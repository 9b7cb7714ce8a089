'use client';

import { useTranslations } from 'next-intl';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { Section } from '@/components/ui/section';
import { Select } from '@/components/ui/select';
import { ambiguousNames } from '@/lib/imports/import-rules';
import type { Mapping, Reading, SingleTarget } from '@/lib/imports/import-schema';

const NOTHING = 'nothing';
const tableTargets: (SingleTarget | 'tags')[] = [
  'prompt',
  'reply',
  'topic',
  'group',
  'tags',
  'author',
  'system',
];
const chatTargets: (SingleTarget | 'tags')[] = ['topic', 'group', 'tags', 'author'];

export interface MappingFieldsProps {
  reading: Reading;
  mapping: Mapping;
  /** The first value of each column. */
  samples: string[];
  onChange: (mapping: Mapping) => void;
}

/** One choice of column for each part of an example. */
export function MappingFields({ reading, mapping, samples, onChange }: MappingFieldsProps) {
  const t = useTranslations('imports.mapping');
  const isTable = reading.format === 'csv';
  const doubled = isTable ? ambiguousNames(reading.columns) : [];
  const options = [
    { value: NOTHING, label: t('nothing') },
    ...reading.columns.map((name, at) => ({
      value: String(at),
      label: name === '' ? t('column', { number: at + 1 }) : name,
      hint: samples[at] ? t('sample', { value: shorten(samples[at]) }) : undefined,
    })),
  ];
  return (
    <Section title={t('title')} description={isTable ? t('description') : t('chatDescription')}>
      {doubled.length > 0 ? (
        <Callout kind="warning">
          {t('ambiguous', { count: doubled.length, names: doubled.join(', ') })}
        </Callout>
      ) : null}
      <div className="grid grid-cols-1 gap-4 min-[480px]:grid-cols-2 lg:grid-cols-4">
        {(isTable ? tableTargets : chatTargets).map((target) => {
          const column = target === 'tags' ? (mapping.tags[0] ?? null) : mapping[target];
          return (
            <Field key={target} label={t(`targets.${target}`)} hint={t(`hints.${target}`)}>
              <Select
                value={column === null ? NOTHING : String(column)}
                options={options}
                onValueChange={(value) => onChange(withColumn(mapping, target, value))}
              />
            </Field>
          );
        })}
      </div>
    </Section>
  );
}

function withColumn(mapping: Mapping, target: SingleTarget | 'tags', value: string): Mapping {
  const column = value === NOTHING ? null : Number(value);
  if (target === 'tags') return { ...mapping, tags: column === null ? [] : [column] };
  return { ...mapping, [target]: column };
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
