'use client';

import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { JobProgress } from '@/components/jobs/job-progress';
import { hasEnded, type LiveJob } from '@/components/jobs/use-job';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { Section } from '@/components/ui/section';
import { Textarea } from '@/components/ui/textarea';
import { useToast } from '@/components/ui/toast';
import { VisibleText } from '@/components/ui/visible-text';
import { askModelAction } from '@/lib/models/model-actions';
import { askResultSchema } from '@/lib/models/model-schema';

type Props = { workspace: string; modelId: string };

/** Asks base and tuned model the same question. */
export function Playground({ workspace, modelId }: Props) {
  const t = useTranslations('models.play');
  const toast = useToast();
  const [prompt, setPrompt] = useState(t('example'));
  const [jobId, setJobId] = useState<string | null>(null);
  const [ended, setEnded] = useState<LiveJob | null>(null);
  const [isPending, startTransition] = useTransition();
  const ask = (event: React.FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const result = await askModelAction({ workspace, modelId, prompt });
      if (!result.ok) {
        toast.show({ title: result.error.message, tone: 'negative' });
        return;
      }
      setEnded(null);
      setJobId(result.data.jobId);
    });
  };
  return (
    <Section title={t('title')} description={t('description')}>
      <form className="flex max-w-3xl flex-col items-start gap-3" onSubmit={ask}>
        <Field label={t('prompt')} className="w-full">
          <Textarea
            dir="auto"
            value={prompt}
            maxLength={20_000}
            required
            onChange={(event) => setPrompt(event.currentTarget.value)}
          />
        </Field>
        <Button
          type="submit"
          variant="primary"
          pending={isPending || (jobId !== null && ended === null)}
        >
          {t('ask')}
        </Button>
      </form>
      {jobId && !ended ? (
        <JobProgress key={jobId} workspace={workspace} jobId={jobId} onEnd={setEnded} />
      ) : null}
      <div aria-live="polite">{ended ? <Answers job={ended} /> : null}</div>
    </Section>
  );
}

function Answers({ job }: { job: LiveJob }) {
  const t = useTranslations('models');
  const tAll = useTranslations();
  const result = askResultSchema.safeParse(job.result);
  if (!hasEnded(job) || !result.success) {
    const key = job.errorCode ?? 'models.errors.serverFailed';
    return <Callout kind="blocker">{tAll(key as never, (job.errorValues ?? {}) as never)}</Callout>;
  }
  return (
    <div className="grid gap-6 md:grid-cols-2">
      {(['base', 'tuned'] as const).map((arm) => (
        <div key={arm} className="flex min-w-0 flex-col gap-1">
          <h3 className="text-12 text-ink-3">{t(`rules.${arm}`)}</h3>
          <p dir="auto" className="max-w-prose whitespace-pre-wrap break-words">
            <VisibleText text={result.data[arm].text} />
          </p>
          <p className="text-12 text-ink-3">
            {t('play.meta', { tokens: result.data[arm].tokens, seconds: result.data[arm].seconds })}
          </p>
        </div>
      ))}
    </div>
  );
}
