'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { BriefConflict, BriefContent } from '@/lib/datasets/brief-schema';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { Section } from '../ui/section';
import { SegmentedControl } from '../ui/segmented-control';
import { useRuleSentence } from './use-rule-sentence';

const FIELDS = ['task', 'systemPrompt', 'guidelines', 'slots', 'rules'] as const;
type Field = (typeof FIELDS)[number];
type Side = 'mine' | 'theirs';

export interface BriefConflictViewProps {
  /** What both began with. */
  base: BriefContent;
  mine: BriefContent;
  theirs: BriefConflict;
  /** What to go on with, over the other person's version. */
  onResolve: (chosen: BriefContent) => void;
}

/** Somebody saved first: both texts of every part that differs, and a choice for each. */
export function BriefConflictView({ base, mine, theirs, onResolve }: BriefConflictViewProps) {
  const t = useTranslations('brief.conflict');
  const labels = useTranslations('brief.fields');
  const [choice, setChoice] = useState<Partial<Record<Field, Side>>>({});
  // Where only the other person changed something, their text goes before.
  const sideOf = (field: Field): Side =>
    choice[field] ??
    (JSON.stringify(mine[field]) === JSON.stringify(base[field]) ? 'theirs' : 'mine');
  const different = FIELDS.filter(
    (field) => JSON.stringify(mine[field]) !== JSON.stringify(theirs.content[field]),
  );
  const resolve = () => {
    const taken = different.filter((field) => sideOf(field) === 'theirs');
    const parts = taken.map((field) => [field, theirs.content[field]]);
    onResolve({ ...mine, ...Object.fromEntries(parts) });
  };
  const version = { version: theirs.version };
  return (
    <div className="flex flex-col gap-8">
      <Callout kind="warning" title={t('title', { name: theirs.authorName, ...version })}>
        {different.length === 0 ? t('same') : t('description')}
      </Callout>
      {different.map((field) => (
        <Section
          key={field}
          title={labels(field)}
          actions={
            <SegmentedControl
              label={t('choose', { field: labels(field) })}
              value={sideOf(field)}
              options={[
                { value: 'mine', label: t('mine') },
                { value: 'theirs', label: t('theirs', version) },
              ]}
              onValueChange={(side) => setChoice((before) => ({ ...before, [field]: side }))}
            />
          }
        >
          <div className="grid gap-4 md:grid-cols-2">
            <ConflictSide label={t('mine')} chosen={sideOf(field) === 'mine'}>
              <ConflictValue content={mine} field={field} />
            </ConflictSide>
            <ConflictSide label={t('theirs', version)} chosen={sideOf(field) === 'theirs'}>
              <ConflictValue content={theirs.content} field={field} />
            </ConflictSide>
          </div>
        </Section>
      ))}
      <div>
        <Button variant="primary" onClick={resolve}>
          {t('apply')}
        </Button>
      </div>
    </div>
  );
}

interface ConflictSideProps {
  label: string;
  chosen: boolean;
  children: React.ReactNode;
}

function ConflictSide({ label, chosen, children }: ConflictSideProps) {
  return (
    <div
      className={
        chosen
          ? 'rounded-control border border-accent bg-accent-soft px-3 py-2'
          : 'rounded-control border px-3 py-2'
      }
    >
      <h3 className="mb-1 text-12 font-medium text-ink-3">{label}</h3>
      {children}
    </div>
  );
}

function ConflictValue({ content, field }: { content: BriefContent; field: Field }) {
  const t = useTranslations('brief.conflict');
  const say = useRuleSentence();
  if (field === 'rules') {
    if (content.rules.length === 0) return <p className="text-ink-3">{t('empty')}</p>;
    return (
      <ul className="list-disc ps-5">
        {content.rules.map((rule) => (
          <li key={rule.id}>{say(rule)}</li>
        ))}
      </ul>
    );
  }
  const text =
    field === 'slots' ? content.slots.map((slot) => `{{${slot}}}`).join(' ') : content[field];
  return text === '' ? (
    <p className="text-ink-3">{t('empty')}</p>
  ) : (
    <p dir="auto" className="max-h-96 overflow-y-auto whitespace-pre-wrap">
      {text}
    </p>
  );
}
