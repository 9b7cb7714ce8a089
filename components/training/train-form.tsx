'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { AlertDialog } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { Section } from '@/components/ui/section';
import { Select } from '@/components/ui/select';
import { useToast } from '@/components/ui/toast';
import { type RunSettings, runSettingsSchema } from '@/lib/training/run-schema';
import { AdvancedSettings } from './advanced-settings';
import { QuoteFigures } from './quote-figures';
import { readProblem, useQuote } from './use-quote';

type Props = {
  workspace: string;
  releaseId: string;
  withdrawn: number;
  examples: string;
  baseModels: string[];
  baseModel: string;
  isTrainerReady: boolean;
};

const minutesOf = (seconds: number) => Math.max(1, Math.round(seconds / 60));

/** Quote and confirmation of a training: one button that says what it does. */
export function TrainForm({
  workspace,
  releaseId,
  withdrawn,
  examples,
  baseModels,
  ...props
}: Props) {
  const t = useTranslations('training.start');
  const tReleases = useTranslations('releases');
  const router = useRouter();
  const toast = useToast();
  const [baseModel, setBaseModel] = useState(props.baseModel);
  const { quote, error, isLoading, calculate } = useQuote(
    releaseId,
    baseModel,
    props.isTrainerReady,
  );
  const [changed, setChanged] = useState<RunSettings | null>(null);
  // Until somebody changes them, the settings are those that the quote proposes for this release.
  const settings = changed ?? quote?.settings ?? runSettingsSchema.parse({});
  const [isStarting, setStarting] = useState(false);
  const [isAsking, setAsking] = useState(false);
  // One key per quote, made before the first try: a double click or a repeated request starts one run.
  const keys = useRef(new Map<string, string>());

  const start = async (acceptWithdrawn: boolean) => {
    if (!quote) return;
    if (withdrawn > 0 && !acceptWithdrawn) return setAsking(true);
    const key = keys.current.get(quote.id) ?? crypto.randomUUID();
    keys.current.set(quote.id, key);
    setStarting(true);
    try {
      const response = await fetch(`/api/releases/${releaseId}/runs`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
        body: JSON.stringify({ quoteId: quote.id, acceptWithdrawn }),
      });
      if (!response.ok) throw new Error((await readProblem(response)).detail);
      const run = (await response.json()) as { id: string };
      router.push(`/w/${workspace}/runs/${run.id}`);
    } catch (failure) {
      setStarting(false);
      // What fetch throws when nothing answers has no sentence for a person.
      const title =
        failure instanceof TypeError ? t('startUnanswered') : (failure as Error).message;
      toast.show({ title, tone: 'negative' });
    }
  };

  return (
    <>
      <Section title={t('quote')}>
        {error ? (
          <Callout
            kind="blocker"
            action={
              <Button onClick={() => void calculate(changed ?? {})}>{t('recalculate')}</Button>
            }
          >
            {error}
          </Callout>
        ) : null}
        <QuoteFigures quote={quote} isLoading={isLoading} examples={examples} />
      </Section>
      <Section title={t('where')}>
        <div className="grid max-w-2xl gap-4 sm:grid-cols-2">
          <Field label={t('target')}>
            <Select options={[{ value: 'local', label: t('targetValue') }]} value="local" />
          </Field>
          <Field label={t('baseModel')}>
            <Select
              options={baseModels.map((value) => ({ value, label: value }))}
              value={baseModel}
              onValueChange={setBaseModel}
            />
          </Field>
        </div>
        <AdvancedSettings
          settings={settings}
          onChange={setChanged}
          onCalculate={() => void calculate(changed ?? {})}
          isLoading={isLoading}
        />
      </Section>
      <div>
        <Button
          variant="primary"
          size="large"
          disabled={!quote || isLoading || quote.tooLong.length > 0}
          pending={isStarting}
          onClick={() => void start(false)}
        >
          {quote
            ? t('start', { minutes: minutesOf(quote.expectedSeconds) })
            : t(error ? 'startUnknown' : 'calculating')}
        </Button>
      </div>
      <AlertDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t('withdrawnTitle')}
        effect={tReleases('errors.withdrawn', { count: withdrawn })}
        confirmLabel={t('withdrawnConfirm')}
        tone="primary"
        onConfirm={() => void start(true)}
      />
    </>
  );
}
