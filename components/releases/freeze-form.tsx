'use client';

import { Snowflake } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { createReleaseAction } from '@/lib/releases/release-actions';

type Props = {
  workspace: string;
  datasetId: string;
  briefId: string;
  number: number;
  reserveMore: boolean;
};

/** The one decision of the preview page. */
export function FreezeForm({ workspace, datasetId, briefId, number, reserveMore }: Props) {
  const t = useTranslations('releases.preview');
  const router = useRouter();
  const toast = useToast();
  const [note, setNote] = useState('');
  const [isPending, startTransition] = useTransition();
  const freeze = (event: React.FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const result = await createReleaseAction({
        workspace,
        datasetId,
        briefId,
        note,
        reserveMore,
      });
      if (result.ok) {
        router.push(`/w/${workspace}/datasets/${datasetId}/releases/${result.data.number}`);
        return;
      }
      toast.show({ title: result.error.message, tone: 'negative' });
      router.refresh();
    });
  };
  return (
    <form className="flex max-w-3xl flex-col items-start gap-4" onSubmit={freeze}>
      <Field label={t('note')} hint={t('noteHint')} optional className="w-full">
        <Input
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Field>
      <Button
        type="submit"
        variant="primary"
        pending={isPending}
        icon={<Snowflake aria-hidden="true" />}
      >
        {t('freeze', { number })}
      </Button>
    </form>
  );
}
