'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { QuoteView } from '@/lib/training/quote-mutations';
import type { RunSettings } from '@/lib/training/run-schema';

type State = { quote: QuoteView | null; error: string | null; isLoading: boolean };

/** Reads the sentence of a problem answer (RFC 9457). */
export async function readProblem(response: Response): Promise<{ detail: string; code: string }> {
  const body = (await response.json().catch(() => null)) as {
    detail?: string;
    code?: string;
  } | null;
  return { detail: body?.detail ?? response.statusText, code: body?.code ?? 'UNEXPECTED' };
}

/**
 * The quote for a release: asked for at once, again by `calculate`, and with the same settings once
 * the trainer is ready, which is when its speed was measured.
 */
export function useQuote(
  releaseId: string,
  baseModel: string,
  isTrainerReady: boolean,
): State & { calculate: (settings: Partial<RunSettings>) => Promise<void> } {
  // A sentence, not its translator: that one is another after each refresh of the page.
  const noAnswer = useTranslations('training.start')('noAnswer');
  const [state, setState] = useState<State>({ quote: null, error: null, isLoading: true });
  const asked = useRef<Partial<RunSettings>>({});
  const latest = useRef(0);
  const calculate = useCallback(
    async (settings: Partial<RunSettings>) => {
      asked.current = settings;
      latest.current += 1;
      const turn = latest.current;
      // What was asked before the last question is no answer to it.
      const show = (next: State) => (turn === latest.current ? setState(next) : undefined);
      setState((before) => ({ ...before, isLoading: true, error: null }));
      try {
        const response = await fetch(`/api/releases/${releaseId}/quotes`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ baseModel, settings }),
        });
        if (response.ok)
          show({ quote: (await response.json()) as QuoteView, error: null, isLoading: false });
        else show({ quote: null, error: (await readProblem(response)).detail, isLoading: false });
      } catch {
        show({ quote: null, error: noAnswer, isLoading: false });
      }
    },
    [releaseId, baseModel, noAnswer],
  );
  useEffect(() => {
    void calculate(asked.current);
  }, [calculate]);
  const isUnmeasured = isTrainerReady && state.quote?.speed === null;
  useEffect(() => {
    if (isUnmeasured) void calculate(asked.current);
  }, [isUnmeasured, calculate]);
  return { ...state, calculate };
}
