'use client';

import { useRouter } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { UnfinishedErasure } from '@/lib/lineage/erasure-queries';
import { continueErasureAction } from '@/lib/lineage/lineage-actions';
import { useSubmit } from '../accounts/use-submit';
import type { LiveJob } from '../jobs/use-job';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { Erasing } from './erasing';

export interface UnfinishedErasuresProps {
  workspace: string;
  erasures: UnfinishedErasure[];
}

/** Erasures that stopped after the rows were gone: the workspace owes the rest. */
export function UnfinishedErasures({ workspace, erasures }: UnfinishedErasuresProps) {
  const t = useTranslations('lineage.unfinished');
  if (erasures.length === 0) return null;
  return (
    <Callout kind="warning" title={t('title')}>
      <p>{t('description')}</p>
      <ul className="mt-2 flex flex-col gap-3">
        {erasures.map((erasure) => (
          <li key={`${erasure.id}-${erasure.jobId}`}>
            <Unfinished workspace={workspace} erasure={erasure} />
          </li>
        ))}
      </ul>
    </Callout>
  );
}

function Unfinished(props: { workspace: string; erasure: UnfinishedErasure }) {
  const { workspace, erasure } = props;
  const t = useTranslations('lineage.unfinished');
  const format = useFormatter();
  const router = useRouter();
  const [jobId, setJobId] = useState(erasure.jobId);
  const [ended, setEnded] = useState<LiveJob | null>(null);
  const { submit, pending, formError } = useSubmit(continueErasureAction, (started) => {
    setEnded(null);
    setJobId(started.jobId);
  });
  const name = erasure.by ?? t('somebody');
  const isUnderWay = jobId !== null && ended === null;
  return (
    <div className="flex flex-col items-start gap-2">
      <span>
        {t('asked', { name, at: format.dateTime(new Date(erasure.createdAt), 'moment') })}
      </span>
      {jobId ? (
        <Erasing
          workspace={workspace}
          jobId={jobId}
          ended={ended}
          done={t('done')}
          onEnd={(job) => {
            setEnded(job);
            router.refresh();
          }}
        />
      ) : null}
      {formError ? <Callout kind="warning">{formError}</Callout> : null}
      {isUnderWay || ended?.state === 'done' ? null : (
        <Button
          size="small"
          pending={pending}
          onClick={() => void submit({ workspace, erasureId: erasure.id })}
        >
          {t('continue')}
        </Button>
      )}
    </div>
  );
}
