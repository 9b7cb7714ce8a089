'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { useExamples } from './examples-context';
import { findLocalCopies } from './local-copies';

const SHOWN = 5;

/** Texts of this person that are on this device only, from an earlier visit. */
export function LocalCopiesNotice(props: {
  openNumber: number | 'new' | null;
  onOpen: (number: number) => void;
}) {
  const t = useTranslations('examples');
  const { userId, datasetId, commits } = useExamples();
  const [numbers, setNumbers] = useState<number[]>([]);
  useEffect(() => {
    // What is on its way just now is told in its row.
    const onTheWay = new Set([...commits.values()].map((commit) => commit.number));
    setNumbers(
      findLocalCopies(userId, datasetId).filter(
        (number) => number !== props.openNumber && !onTheWay.has(number),
      ),
    );
  }, [userId, datasetId, commits, props.openNumber]);
  if (numbers.length === 0) return null;
  return (
    <div className="shrink-0 px-4 pt-3 sm:px-6">
      <Callout
        kind="warning"
        title={t('local.title', { count: numbers.length })}
        action={
          <span className="flex flex-wrap gap-1">
            {numbers.slice(0, SHOWN).map((number) => (
              <Button key={number} size="small" onClick={() => props.onOpen(number)}>
                {t('local.open', { number })}
              </Button>
            ))}
          </span>
        }
      >
        {t('local.text')}
      </Callout>
    </div>
  );
}
