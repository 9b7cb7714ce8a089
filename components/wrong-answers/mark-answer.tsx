'use client';

import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { markAnswerAction } from '@/lib/wrong-answers/wrong-answer-actions';
import { MAX_NOTE, type SeenAnswer } from '@/lib/wrong-answers/wrong-answer-schema';
import { Button, LinkButton } from '../ui/button';
import { Field } from '../ui/field';
import { StatusDot } from '../ui/status-dot';
import { Textarea } from '../ui/textarea';
import { useToast } from '../ui/toast';
import { TakeMarkBack } from './take-mark-back';

type Props = { workspace: string; answer: SeenAnswer; isMarked: boolean };

/** Below a tuned answer: marks it as wrong, or leads from the mark to what may have taught it. */
export function MarkAnswer({ workspace, answer, isMarked: wasMarked }: Props) {
  const t = useTranslations('wrongAnswers.mark');
  const [state, setState] = useState<'unmarked' | 'writing' | 'marked'>(
    wasMarked ? 'marked' : 'unmarked',
  );
  if (state === 'marked')
    return (
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <StatusDot tone="negative">{t('marked')}</StatusDot>
        <LinkButton
          size="small"
          prefetch={false}
          href={`/w/${workspace}/models/${answer.modelId}/wrong/${answer.exampleId}`}
        >
          {t('see')}
        </LinkButton>
        <TakeMarkBack
          workspace={workspace}
          answer={answer}
          onTakenBack={() => setState('unmarked')}
        />
      </div>
    );
  if (state === 'writing')
    return (
      <NoteForm
        workspace={workspace}
        answer={answer}
        onMarked={() => setState('marked')}
        onCancel={() => setState('unmarked')}
      />
    );
  return (
    <div>
      <Button size="small" onClick={() => setState('writing')}>
        {t('open')}
      </Button>
    </div>
  );
}

function NoteForm(props: {
  workspace: string;
  answer: SeenAnswer;
  onMarked: () => void;
  onCancel: () => void;
}) {
  const { workspace, answer, onMarked, onCancel } = props;
  const t = useTranslations('wrongAnswers.mark');
  const toast = useToast();
  const [note, setNote] = useState('');
  const [error, setError] = useState('');
  const [isPending, startTransition] = useTransition();
  const save = () =>
    startTransition(async () => {
      const result = await markAnswerAction({ workspace, ...answer, note });
      if (!result.ok) return setError(result.error.message);
      if (result.data.note !== note.trim()) toast.show({ title: t('already') });
      onMarked();
    });
  return (
    <div className="flex max-w-reading flex-col gap-2">
      <Field
        label={t('label')}
        hint={t('hint', { max: MAX_NOTE })}
        error={error || undefined}
        optional
      >
        <Textarea
          autoFocus
          maxLength={MAX_NOTE}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" size="small" pending={isPending} onClick={save}>
          {t('save')}
        </Button>
        <Button variant="quiet" size="small" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  );
}
