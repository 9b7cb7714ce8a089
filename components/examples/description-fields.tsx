'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ExampleDetail } from '@/lib/examples/example-detail';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { parseTags } from './cell-text';
import type { Base, Changes } from './commit-changes';
import { useExamples } from './examples-context';
import { leaveOnEscape } from './text-fields';

/** Topic, tags and group; each is saved when its field is left. */
export function DescriptionFields({ detail }: { detail: ExampleDetail }) {
  const t = useTranslations('examples');
  const { queue, choices, isArchived } = useExamples();
  const { row } = detail;
  const isLocked = isArchived || detail.may.edit === 'role';
  const save = (changes: Changes, base: Base) =>
    void queue.commit({ id: row.id, number: row.number, version: row.version, changes, base });
  return (
    <section
      aria-label={t('panel.description')}
      className="grid gap-4 border-t pt-5 sm:grid-cols-2"
    >
      <LabelField
        label={t('columns.topic')}
        value={row.topic ?? ''}
        list="panel-topics"
        isLocked={isLocked}
        onSave={(text) => save({ topic: text || null }, { topic: row.topic })}
      />
      <LabelField
        label={t('panel.group')}
        hint={t('panel.groupHint')}
        value={row.groupKey ?? ''}
        isLocked={isLocked}
        onSave={(text) => save({ groupKey: text || null }, { groupKey: row.groupKey })}
      />
      <LabelField
        label={t('columns.tags')}
        hint={t('panel.tagsHint')}
        value={row.tags.join(', ')}
        list="panel-tags"
        isLocked={isLocked}
        maxLength={2_000}
        onSave={(text) => save({ tags: parseTags(text) }, { tags: row.tags })}
      />
      <p className="text-12 text-ink-3 sm:col-span-2">
        {t('panel.author', { name: row.authorName })}
        {detail.derivedFrom === null
          ? null
          : ` · ${t('panel.derivedFrom', { number: detail.derivedFrom })}`}
        {detail.split === null
          ? null
          : ` · ${t(`panel.split.${detail.isSpent ? 'spent' : detail.split}`)}`}
      </p>
      <datalist id="panel-topics">
        {choices.topics.map(({ value }) => (value ? <option key={value} value={value} /> : null))}
      </datalist>
      <datalist id="panel-tags">
        {choices.tags.map(({ value }) => (
          <option key={value} value={value} />
        ))}
      </datalist>
    </section>
  );
}

function LabelField(props: {
  label: string;
  hint?: string;
  value: string;
  list?: string;
  isLocked: boolean;
  maxLength?: number;
  onSave: (text: string) => void;
}) {
  const [text, setText] = useState(props.value);
  const clean = text.replace(/\s+/g, ' ').trim();
  const leave = () => {
    if (clean !== props.value) props.onSave(clean);
  };
  return (
    <Field label={props.label} hint={props.hint}>
      <Input
        value={text}
        list={props.list}
        readOnly={props.isLocked}
        maxLength={props.maxLength ?? 120}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === 'Enter') leave();
          leaveOnEscape(event);
        }}
      />
    </Field>
  );
}
