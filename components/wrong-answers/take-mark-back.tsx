'use client';

import { useTranslations } from 'next-intl';
import { unmarkAnswerAction } from '@/lib/wrong-answers/wrong-answer-actions';
import type { AnswerRef } from '@/lib/wrong-answers/wrong-answer-schema';
import { AlertDialog } from '../ui/alert-dialog';
import { Button } from '../ui/button';
import { useToast } from '../ui/toast';

type Props = {
  workspace: string;
  answer: AnswerRef;
  onTakenBack: () => void;
  size?: 'small' | 'medium';
};

/** Takes a mark back, and asks first: its note and what followed from it go. */
export function TakeMarkBack({ workspace, answer, onTakenBack, size = 'small' }: Props) {
  const t = useTranslations('wrongAnswers.mark');
  const toast = useToast();
  const takeBack = async () => {
    const result = await unmarkAnswerAction({ workspace, ...answer });
    if (!result.ok) {
      toast.show({ title: result.error.message, tone: 'negative' });
      return;
    }
    toast.show({ title: t('takenBack') });
    onTakenBack();
  };
  return (
    <AlertDialog
      trigger={
        <Button variant="quiet" size={size}>
          {t('takeBack')}
        </Button>
      }
      title={t('takeBackTitle')}
      effect={t('takeBackEffect')}
      confirmLabel={t('takeBack')}
      onConfirm={takeBack}
    />
  );
}
