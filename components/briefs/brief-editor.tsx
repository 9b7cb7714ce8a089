'use client';

import { FlaskConical } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { SLOT_CHECKS } from '@/lib/checks/rule-trial-schema';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { Field } from '../ui/field';
import { FormErrorSummary } from '../ui/form-error-summary';
import { Section } from '../ui/section';
import { Textarea } from '../ui/textarea';
import { BriefConflictView } from './brief-conflict-view';
import { BriefSaveBar } from './brief-save-bar';
import { GuidelinesField } from './guidelines-field';
import { RuleTrialProgress } from './rule-trial-progress';
import { RuleTrialResult } from './rule-trial-result';
import { RulesField } from './rules-field';
import { SlotsField } from './slots-field';
import { type BriefEditorInput, useBriefEditor } from './use-brief-editor';
import { useBriefErrors } from './use-brief-errors';
import { trialFingerprint, useRuleTrial } from './use-rule-trial';

export interface BriefEditorProps extends BriefEditorInput {
  /** Examples that a trial looks at. */
  examplesInUse: number;
}

/** The brief as an admin writes it. */
export function BriefEditor({ examplesInUse, ...input }: BriefEditorProps) {
  const t = useTranslations('brief');
  const format = useFormatter();
  const editor = useBriefEditor(input);
  const { content, change, conflict } = editor;
  const { trial, run, stop } = useRuleTrial(input);
  const errors = useBriefErrors(editor.outcome);
  const isOutdated = trial !== null && trial.fingerprint !== trialFingerprint(content);
  const exampleHref = (number: number) =>
    `/w/${input.workspace}/datasets/${input.datasetId}/examples?open=${number}`;
  const result = (ruleKey: string) =>
    trial && !isOutdated ? (
      <RuleTrialResult ruleKey={ruleKey} trial={trial} exampleHref={exampleHref} />
    ) : null;

  if (conflict) {
    return (
      <BriefConflictView
        base={editor.base}
        mine={content}
        theirs={conflict}
        onResolve={(chosen) => editor.resolve(chosen, conflict)}
      />
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void editor.save();
      }}
      noValidate
      className="flex flex-col gap-8"
    >
      {editor.restoredFrom ? (
        <Callout>
          {t('save.restored', {
            time: format.dateTime(new Date(editor.restoredFrom), {
              dateStyle: 'medium',
              timeStyle: 'short',
            }),
          })}
        </Callout>
      ) : null}
      <FormErrorSummary errors={errors.fields} formError={errors.form} />
      <div className="grid gap-x-6 gap-y-5 lg:grid-cols-2">
        <Field
          name="task"
          label={t('fields.task')}
          hint={t('fields.taskHint')}
          error={errors.fields.task}
        >
          <Textarea
            rows={4}
            className="min-h-24"
            value={content.task}
            onChange={(event) => change({ task: event.currentTarget.value })}
          />
        </Field>
        <Field
          name="systemPrompt"
          label={t('fields.systemPrompt')}
          hint={t('fields.systemPromptHint')}
          error={errors.fields.systemPrompt}
        >
          <Textarea
            rows={4}
            className="min-h-24"
            value={content.systemPrompt}
            onChange={(event) => change({ systemPrompt: event.currentTarget.value })}
          />
        </Field>
      </div>
      <GuidelinesField
        value={content.guidelines}
        error={errors.fields.guidelines}
        onChange={(guidelines) => change({ guidelines })}
      />
      <SlotsField slots={content.slots} onChange={(slots) => change({ slots })}>
        {result(SLOT_CHECKS)}
      </SlotsField>
      <RulesField
        rules={content.rules}
        onChange={(next) => change((before) => ({ rules: next(before.rules) }))}
        result={(rule) => result(rule.id)}
      />
      <Section level={3} title={t('trial.title')} className="-mt-3">
        <RuleTrialProgress
          trial={trial}
          isOutdated={isOutdated}
          total={examplesInUse}
          onStop={stop}
        />
        <div>
          <Button
            icon={<FlaskConical aria-hidden="true" />}
            disabled={examplesInUse === 0 || trial?.status === 'running'}
            onClick={() => void run({ rules: content.rules, slots: content.slots })}
          >
            {t('trial.run', { count: examplesInUse })}
          </Button>
        </div>
      </Section>
      <BriefSaveBar editor={editor} newestVersion={input.version} />
    </form>
  );
}
