'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/section';
import { useToast } from '@/components/ui/toast';
import { findExcludedAction } from '@/lib/releases/release-actions';
import {
  type ExclusionReason,
  exclusionReasons,
  type ReleaseCounts,
} from '@/lib/releases/release-schema';

type Place = { workspace: string; datasetId: string };
type Listed = { id: string; number: number; topic: string | null };
const LIST_LIMIT = 200;

/** Every reason for which examples stay out, with its count and its list. */
export function LeftOut({ excluded, ...place }: Place & { excluded: ReleaseCounts['excluded'] }) {
  const t = useTranslations('releases');
  const reasons = exclusionReasons.filter((reason) => (excluded[reason] ?? 0) > 0);
  return (
    <Section title={t('preview.leftOut')}>
      {reasons.length === 0 ? <p className="text-ink-2">{t('preview.nothingLeftOut')}</p> : null}
      <ul className="grid max-w-3xl grid-cols-[auto_1fr_auto] gap-x-3 divide-y divide-line">
        {reasons.map((reason) => (
          <Reason key={reason} {...place} reason={reason} count={excluded[reason] ?? 0} />
        ))}
      </ul>
    </Section>
  );
}

function Reason({
  workspace,
  datasetId,
  reason,
  count,
}: Place & { reason: ExclusionReason; count: number }) {
  const t = useTranslations('releases.preview');
  const toast = useToast();
  const format = useFormatter();
  const [list, setList] = useState<Listed[] | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [isPending, startTransition] = useTransition();
  const show = () => {
    setOpen(!isOpen);
    if (list || reason === 'split_conflict') return;
    startTransition(async () => {
      const result = await findExcludedAction({ workspace, datasetId, reason });
      if (result.ok) setList(result.data);
      else toast.show({ title: result.error.message, tone: 'negative' });
    });
  };
  return (
    <li className="col-span-full grid grid-cols-subgrid items-center py-2">
      <span className="text-end font-semibold tabular-nums">{format.number(count)}</span>
      <span>{t(`reason.${reason}`)}</span>
      {reason === 'split_conflict' ? null : (
        <Button
          size="small"
          variant="quiet"
          pending={isPending}
          aria-expanded={isOpen}
          onClick={show}
        >
          {isOpen ? t('hide') : t('show')}
        </Button>
      )}
      {isOpen && list ? (
        <div className="col-start-2 mt-2 flex flex-wrap gap-x-3 gap-y-1 text-13">
          {list.map((example) => (
            <Link
              key={example.id}
              className="text-accent-ink tabular-nums hover:underline"
              href={`/w/${workspace}/datasets/${datasetId}/examples?open=${example.number}`}
            >
              {example.number}
            </Link>
          ))}
          {list.length >= LIST_LIMIT ? (
            <span className="text-ink-3">{t('listLimited', { count: LIST_LIMIT })}</span>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}
