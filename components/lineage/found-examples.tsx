'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { PersonFound } from '@/lib/lineage/person-queries';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { VisibleText } from '../ui/visible-text';

export interface FoundExamplesProps {
  workspace: string;
  found: PersonFound;
  /** Looks again without these examples. */
  onLookAgain: (except: string[]) => void;
  pending: boolean;
}

/** The examples that hold the text; one that is about somebody else is unticked and left out. */
export function FoundExamples({ workspace, found, onLookAgain, pending }: FoundExamplesProps) {
  const t = useTranslations('lineage.person');
  const [leftOut, setLeftOut] = useState(() => leftOutOf(found));
  const more = found.counts.examples - found.examples.filter((one) => !one.isLeftOut).length;
  const isChanged = [...leftOut].sort().join() !== [...leftOutOf(found)].sort().join();
  const toggle = (id: string, isTicked: boolean) =>
    setLeftOut((known) => (isTicked ? known.filter((one) => one !== id) : [...known, id]));
  if (found.examples.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1 text-14 font-medium">{t('examples')}</h3>
      <p className="mb-2 text-ink-3">{t('leaveOut')}</p>
      <ul className="flex flex-col gap-1">
        {found.examples.map(({ id, number, dataset, binnedAt, excerpt }) => {
          const name = t('example', { number, dataset: dataset.name });
          return (
            <li key={id} className="flex items-center gap-2">
              <Checkbox
                label={name}
                hideLabel
                checked={!leftOut.includes(id)}
                onCheckedChange={(isTicked) => toggle(id, isTicked)}
              />
              {binnedAt ? (
                `${name} (${t('binned')})`
              ) : (
                <Link
                  className="text-accent-ink hover:underline"
                  href={`/w/${workspace}/datasets/${dataset.id}/examples?open=${number}`}
                >
                  {name}
                </Link>
              )}
              <span dir="auto" translate="no" className="min-w-0 truncate text-ink-3">
                <VisibleText text={excerpt} />
              </span>
            </li>
          );
        })}
        {more > 0 ? <li className="text-ink-3">{t('moreExamples', { count: more })}</li> : null}
      </ul>
      {isChanged ? (
        <Button
          className="mt-2"
          size="small"
          pending={pending}
          onClick={() => onLookAgain(leftOut)}
        >
          {t('again')}
        </Button>
      ) : null}
    </section>
  );
}

const leftOutOf = (found: PersonFound): string[] =>
  found.examples.filter(({ isLeftOut }) => isLeftOut).map(({ id }) => id);
