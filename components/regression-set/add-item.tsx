'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { addRegressionItemAction } from '@/lib/regression-set/regression-actions';
import {
  MAX_OWN_PROMPT,
  ownItemSchema,
  type RegressionKind,
  regressionKinds,
} from '@/lib/regression-set/regression-schema';
import { useAct } from '../accounts/use-act';
import { formValues } from '../accounts/use-submit';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Form } from '../ui/form';
import { Select } from '../ui/select';
import { Textarea } from '../ui/textarea';
import { AddDialog } from './add-dialog';
import { useFault } from './use-fault';

/** The button that adds an item of the workspace's own, and its form. */
export function AddItem({ workspace }: { workspace: string }) {
  const t = useTranslations('regression.add');
  return (
    <AddDialog variant="primary" title={t('title')} text={t('text')}>
      {(close) => <AddForm workspace={workspace} onAdded={close} />}
    </AddDialog>
  );
}

function AddForm({ workspace, onAdded }: { workspace: string; onAdded: () => void }) {
  const t = useTranslations('regression');
  const { act, pending } = useAct();
  const [kind, setKind] = useState<RegressionKind>('everyday');
  const { isFaulty, errorOf } = useFault(ownItemSchema);
  const send = async (form: HTMLFormElement) => {
    const { prompt, phrases = '' } = formValues(form, 'prompt', 'phrases');
    const lines = phrases.split('\n').filter((line) => line.trim() !== '');
    const input = { kind, prompt, phrases: kind === 'leak' ? [] : lines };
    if (isFaulty(input)) return;
    if (await act(() => addRegressionItemAction({ workspace, ...input }), t('add.added')))
      onAdded();
  };
  return (
    <Form onSubmit={(form) => void send(form)}>
      <Field label={t('add.kind')} name="kind" hint={t(`about.${kind}`)}>
        <Select
          value={kind}
          options={regressionKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          onValueChange={(value) => setKind(value as RegressionKind)}
        />
      </Field>
      <Field label={t('add.prompt')} name="prompt" error={errorOf('prompt')}>
        <Textarea name="prompt" maxLength={MAX_OWN_PROMPT} required />
      </Field>
      {kind === 'leak' ? null : (
        <Field
          label={t(`add.phrases.${kind}`)}
          name="phrases"
          hint={kind === 'injection' ? t('add.markerHint') : t('add.phrasesHint')}
          error={errorOf('phrases')}
        >
          <Textarea name="phrases" required />
        </Field>
      )}
      <div className="flex justify-end pt-1">
        <Button type="submit" variant="primary" pending={pending}>
          {t('add.submit')}
        </Button>
      </div>
    </Form>
  );
}
