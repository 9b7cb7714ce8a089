'use client';

import { useTranslations } from 'next-intl';
import { Field } from '../ui/field';
import { NumberField } from '../ui/number-field';
import { RadioGroup } from '../ui/radio-group';
import { SegmentedControl } from '../ui/segmented-control';
import { Textarea } from '../ui/textarea';
import type { RuleDraft, RuleField } from './rule-draft';

export interface RuleFieldsProps {
  draft: RuleDraft;
  onChange: (part: Partial<RuleDraft>) => void;
  errorText: (field: RuleField) => string | undefined;
}

/** What a rule of this kind needs to know. */
export function RuleFields(props: RuleFieldsProps) {
  return props.draft.kind === 'length' ? <LengthFields {...props} /> : <PhraseFields {...props} />;
}

function PhraseFields({ draft, onChange, errorText }: RuleFieldsProps) {
  const t = useTranslations('brief.rules');
  const isText = draft.kind === 'begins_with' || draft.kind === 'ends_with';
  return (
    <>
      <Field
        name="phrases"
        label={isText ? t('texts') : t('phrases')}
        hint={t('phrasesHint')}
        error={errorText('phrases')}
      >
        <Textarea
          rows={4}
          className="min-h-24"
          value={draft.phrases}
          onChange={(event) => onChange({ phrases: event.currentTarget.value })}
        />
      </Field>
      {draft.kind === 'must_mention' ? (
        <RadioGroup
          label={t('match')}
          value={draft.match}
          onValueChange={(match) => onChange({ match: match as RuleDraft['match'] })}
          options={[
            { value: 'any', label: t('matchAny') },
            { value: 'all', label: t('matchAll') },
          ]}
        />
      ) : null}
    </>
  );
}

function LengthFields({ draft, onChange, errorText }: RuleFieldsProps) {
  const t = useTranslations('brief.rules');
  const unit = draft.unit === 'words' ? t('wordsUnit') : t('charactersUnit');
  return (
    <>
      <div className="flex flex-col items-start gap-1.5">
        <p className="text-13 font-medium">{t('unit')}</p>
        <SegmentedControl
          label={t('unit')}
          value={draft.unit}
          options={[
            { value: 'words', label: t('words') },
            { value: 'characters', label: t('characters') },
          ]}
          onValueChange={(value) => onChange({ unit: value })}
        />
      </div>
      <div className="flex flex-wrap gap-x-8 gap-y-4">
        {(['min', 'max'] as const).map((field) => (
          <Field key={field} name={field} label={t(field)} optional error={errorText(field)}>
            <NumberField
              value={draft[field]}
              min={1}
              max={100_000}
              unit={unit}
              onValueChange={(value) => onChange({ [field]: value })}
            />
          </Field>
        ))}
      </div>
    </>
  );
}
