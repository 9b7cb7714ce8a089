'use client';

import { FileUp } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useId, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { cn } from '@/components/ui/cn';
import { Progress } from '@/components/ui/progress';
import { MAX_IMPORT_BYTES } from '@/lib/imports/import-schema';
import { type UploadState, useUpload } from './use-upload';

export interface UploadZoneProps {
  workspace: string;
  datasetId: string;
}

const MB = 1_000_000;

/** Takes a file by choosing or dropping it and goes on to its columns. */
export function UploadZone({ workspace, datasetId }: UploadZoneProps) {
  const t = useTranslations('imports.upload');
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const hintId = useId();
  const [isOver, setOver] = useState(false);
  const { state, send, refuse, cancel } = useUpload(
    `/api/w/${workspace}/datasets/${datasetId}/imports`,
    (importId) => router.push(`/w/${workspace}/datasets/${datasetId}/import/${importId}`),
  );

  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (!file) return;
    if (files.length > 1) return refuse(t('one'));
    if (file.size > MAX_IMPORT_BYTES)
      return refuse(
        t('tooLarge', { size: Math.ceil(file.size / MB), limit: MAX_IMPORT_BYTES / MB }),
      );
    send(file);
  };

  if (state.kind === 'sending') return <Sending state={state} onCancel={cancel} />;
  return (
    <div className="flex flex-col gap-3">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the button inside does the same */}
      <div
        className={cn(
          'flex flex-col items-center gap-3 rounded-panel border border-dashed border-line-strong px-4 py-14 text-center transition-colors',
          isOver && 'border-accent bg-accent-soft',
        )}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}
      >
        <FileUp aria-hidden="true" className="size-6! text-ink-3" />
        <p className="text-14 text-ink-2">{isOver ? t('release') : t('drop')}</p>
        <input
          ref={input}
          type="file"
          accept=".csv,.tsv,.txt,.jsonl,.ndjson,text/csv,text/plain,text/tab-separated-values,application/jsonl"
          hidden
          onChange={(event) => {
            take(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
        <Button variant="primary" aria-describedby={hintId} onClick={() => input.current?.click()}>
          {t('choose')}
        </Button>
        <p id={hintId} className="max-w-md text-13 text-ink-3">
          {t('hint')}
        </p>
      </div>
      <div aria-live="polite">
        {state.kind === 'failed' ? (
          <Callout kind="blocker">{state.message ?? t('failed')}</Callout>
        ) : null}
        {state.kind === 'cancelled' ? <Callout>{t('cancelled')}</Callout> : null}
      </div>
    </div>
  );
}

function Sending(props: {
  state: Extract<UploadState, { kind: 'sending' }>;
  onCancel: () => void;
}) {
  const t = useTranslations('imports.upload');
  const { name, done, total } = props.state;
  const isSent = done >= total;
  return (
    <div className="rounded-panel border px-4 py-6">
      <Progress
        label={t('uploading', { name })}
        value={done}
        max={total}
        text={
          isSent
            ? t('reading')
            : t('progress', { done: Math.round(done / 1_000), total: Math.round(total / 1_000) })
        }
        cancel={
          <Button size="small" onClick={props.onCancel}>
            {t('cancel')}
          </Button>
        }
      />
    </div>
  );
}
