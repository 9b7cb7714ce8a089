'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type HouseRule, severities } from '@/lib/checks/rule-schema';
import { Button } from '../ui/button';
import { Dialog, DialogClose } from '../ui/dialog';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { RadioGroup } from '../ui/radio-group';
import { parseRuleDraft, type RuleDraft, type RuleField } from './rule-draft';
import { RuleFields } from './rule-fields';

export interface RuleDialogProps {
  /** The rule that is being written; the dialog is closed without one. */
  draft: RuleDraft | null;
  isNew: boolean;
  onClose: () => void;
  onSave: (rule: HouseRule) => void;
}

/** The form of one rule. */
export function RuleDialog({ draft, isNew, onClose, onSave }: RuleDialogProps) {
  const t = useTranslations('brief.rules');
  const kinds = useTranslations('checks');
  const kind = draft ? kinds(`kinds.${draft.kind}`) : '';
  return (
    <Dialog
      open={draft !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      size="medium"
      title={isNew ? t('newTitle', { kind }) : t('editTitle', { kind })}
      description={draft ? kinds(`kindHints.${draft.kind}`) : undefined}
    >
      {draft ? <RuleForm key={draft.id} initial={draft} isNew={isNew} onSave={onSave} /> : null}
    </Dialog>
  );
}

interface RuleFormProps {
  initial: RuleDraft;
  isNew: boolean;
  onSave: (rule: HouseRule) => void;
}

function RuleForm({ initial, isNew, onSave }: RuleFormProps) {
  const t = useTranslations('brief.rules');
  const checks = useTranslations('checks');
  const [draft, setDraft] = useState(initial);
  const [errors, setErrors] = useState<Partial<Record<RuleField, string>>>({});
  const change = (part: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...part }));
  const errorText = (field: RuleField) => {
    const key = errors[field];
    if (key === undefined) return undefined;
    const full = `errors.${key}` as Parameters<typeof checks.has>[0];
    return checks.has(full) ? checks(full) : checks('errors.invalid');
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    // A form in a dialog lies inside the page's form in React's tree, not in the document's.
    event.stopPropagation();
    const result = parseRuleDraft(draft);
    if ('rule' in result) onSave(result.rule);
    else setErrors(result.errors);
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      <RuleFields draft={draft} onChange={change} errorText={errorText} />
      <RadioGroup
        label={t('severity')}
        value={draft.severity}
        onValueChange={(severity) => change({ severity: severity as RuleDraft['severity'] })}
        options={severities.toReversed().map((value) => ({
          value,
          label: checks(`severity.${value}`),
          hint: checks(`severityHint.${value}`),
        }))}
      />
      <Field name="name" label={t('name')} hint={t('nameHint')} optional error={errorText('name')}>
        <Input
          value={draft.name}
          maxLength={80}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
      </Field>
      <div className="flex flex-wrap justify-end gap-2 border-t pt-3">
        <DialogClose render={<Button>{t('cancel')}</Button>} />
        <Button type="submit" variant="primary">
          {isNew ? t('addConfirm') : t('saveConfirm')}
        </Button>
      </div>
    </form>
  );
}
