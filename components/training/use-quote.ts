'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useState } from 'react';
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

/** The quote for a release: asked for at once and again by `calculate`. */
export function useQuote(
  releaseId: string,
  baseModel: string,
): State & { calculate: (settings: Partial<RunSettings>) => Promise<void> } {
  const t = useTranslations('training.start');
  const [state, setState] = useState<State>({ quote: null, error: null, isLoading: true });
  const calculate = useCallback(
    async (settings: Partial<RunSettings>) => {
      setState((before) => ({ ...before, isLoading: true, error: null }));
      try {
        const response = await fetch(`/api/releases/${releaseId}/quotes`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ baseModel, settings }),
        });
        if (response.ok)
          setState({ quote: (await response.json()) as QuoteView, error: null, isLoading: false });
        else
          setState({ quote: null, error: (await readProblem(response)).detail, isLoading: false });
      } catch {
        setState({ quote: null, error: t('noAnswer'), isLoading: false });
      }
    },
    [releaseId, baseModel, t],
  );
  useEffect(() => {
    void calculate({});
  }, [calculate]);
  return { ...state, calculate };
}
