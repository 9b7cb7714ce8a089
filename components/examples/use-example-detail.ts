'use client';

import { useEffect, useState } from 'react';
import type { ExampleDetail } from '@/lib/examples/example-detail';
import type { ExampleRow } from '@/lib/examples/example-queries';
import { fetchExample, fetchExampleByNumber, type Outcome } from './example-api';
import { useExamples } from './examples-context';

export type DetailState =
  | { kind: 'ready'; detail: ExampleDetail }
  | { kind: 'loading' }
  | { kind: 'failed'; message: string; retry: () => void };

/** The open example whole; what this page has already is shown at once. */
export function useExampleDetail(number: number, rows: ExampleRow[]): DetailState {
  const { workspace, datasetId, details, onDetail } = useExamples();
  const row = rows.find((one) => one.number === number);
  const known = Object.values(details).find((detail) => detail.row.number === number);
  const isCurrent = known !== undefined && (!row || known.row.version >= row.version);
  const [failure, setFailure] = useState<{ number: number; message: string } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const id = row?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt loads again
  useEffect(() => {
    if (isCurrent) return;
    let isOver = false;
    const load = async () => {
      const outcome: Outcome<ExampleDetail> = id
        ? await fetchExample(workspace, id)
        : await fetchExampleByNumber(workspace, datasetId, number);
      if (isOver) return;
      if (outcome.ok) onDetail(outcome.data);
      else setFailure({ number, message: outcome.message });
    };
    void load();
    return () => {
      isOver = true;
    };
  }, [isCurrent, id, number, workspace, datasetId, onDetail, attempt]);
  if (known) return { kind: 'ready', detail: known };
  if (failure?.number === number)
    return {
      kind: 'failed',
      message: failure.message,
      retry: () => {
        setFailure(null);
        setAttempt(attempt + 1);
      },
    };
  return { kind: 'loading' };
}
