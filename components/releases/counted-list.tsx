'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import type { Result } from '@/lib/result';

export type Listed = { id: string; number: number };
const LIST_LIMIT = 200;

/** A count with what it counts, and its examples behind a button: given, or loaded when asked for. */
export function CountedList(props: {
  workspace: string;
  datasetId: string;
  count: number;
  label: string;
  list: Listed[] | (() => Promise<Result<Listed[]>>);
}) {
  const { workspace, datasetId, count, label } = props;
  const t = useTranslations('releases.preview');
  const toast = useToast();
  const format = useFormatter();
  const [list, setList] = useState(Array.isArray(props.list) ? props.list : null);
  const [isOpen, setOpen] = useState(false);
  const [isPending, startTransition] = useTransition();
  const show = () => {
    setOpen(!isOpen);
    const load = props.list;
    if (list || Array.isArray(load)) return;
    startTransition(async () => {
      const result = await load();
      if (result.ok) setList(result.data);
      else toast.show({ title: result.error.message, tone: 'negative' });
    });
  };
  return (
    <li className="col-span-full grid grid-cols-subgrid items-center py-2">
      <span className="text-end font-semibold tabular-nums">{format.number(count)}</span>
      <span>{label}</span>
      {count === 0 ? null : (
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
