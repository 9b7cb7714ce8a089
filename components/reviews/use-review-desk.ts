'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useReducer, useRef, useState } from 'react';
import type { Content } from '@/lib/examples/content';
import type { ReviewItem } from '@/lib/reviews/review-queries';
import type { QueueFilter, QueueRequest } from '@/lib/reviews/review-schema';
import { type DeskItem, deskReducer, emptyDesk, type LastDecision, READY } from './desk-state';
import { type ReviewApi, ReviewProblem } from './review-api';

/** What a reviewer decides about the shown example. */
export type Choice =
  | { decision: 'approve' }
  | { decision: 'correct'; content: Content }
  | { decision: 'send_back'; reason: string };

/** Counts are read again after this many decisions; between them the page counts itself. */
const COUNT_EVERY = 10;
/** A lease lasts ten minutes. */
const RENEW_MS = 3 * 60_000;

/**
 * The queue in the browser: shows the next example at once, sends decisions behind it, keeps the
 * leases of what is here and gives them back when the page is left.
 */
export function useReviewDesk(api: ReviewApi, initial: QueueFilter) {
  const t = useTranslations('reviews');
  const [state, dispatch] = useReducer(deskReducer, emptyDesk);
  const [filter, setFilter] = useState(initial);
  /** Decisions on their way, so that a withdrawal waits for what it withdraws. */
  const sending = useRef(new Map<string, Promise<boolean>>());

  const request = (leaving: string | null) => {
    const staying = state.items.filter((item) => item.exampleId !== leaving);
    return {
      ...filter,
      count: Math.max(1, READY - staying.length),
      holding: [...state.items.map((item) => item.exampleId), ...state.inFlight].slice(0, 50),
      skip: state.skipped.slice(-500),
      after: state.items.length > 0 ? (state.items.at(-1)?.topic ?? '') : null,
      withSummary: staying.length === 0 || (state.done + 1) % COUNT_EVERY === 0,
    } satisfies Partial<QueueRequest>;
  };

  const take = async (body: Partial<QueueRequest>, signal?: AbortSignal) => {
    try {
      const desk = await api.take(body, signal);
      if (!signal?.aborted) dispatch({ type: 'taken', ...desk });
    } catch {
      if (!signal?.aborted) dispatch({ type: 'failed' });
    }
  };

  /** Begins anew, with the filter or with what was skipped. */
  const reload = async (next: QueueFilter, skip: string[] = state.skipped) => {
    const held = state.items.map((item) => item.exampleId);
    setFilter(next);
    dispatch({ type: 'reload' });
    if (held.length > 0) await api.release(held).catch(() => undefined);
    await take({ ...next, count: READY, skip, withSummary: true });
  };

  const start = useEffectEvent((signal: AbortSignal) =>
    take({ ...filter, count: READY, withSummary: true }, signal),
  );
  useEffect(() => {
    const controller = new AbortController();
    void start(controller.signal);
    return () => controller.abort();
  }, []);
  useLeases(
    api,
    state.items.map((item) => item.exampleId),
    (lost) => dispatch({ type: 'lost', exampleIds: lost }),
  );

  const refuse = (item: DeskItem, last: LastDecision, error: unknown) => {
    const problem =
      error instanceof ReviewProblem ? error : new ReviewProblem('UNEXPECTED', null, null);
    const changed = problem.code === 'CONFLICT' && problem.item?.status === 'in_review';
    const gone = problem.code === 'CONFLICT' && !changed;
    const text =
      problem.detail ?? t(problem.code === 'OFFLINE' ? 'notSent.offline' : 'notSent.unexpected');
    dispatch({
      type: 'refused',
      exampleId: item.exampleId,
      reviewId: last.reviewId,
      item: changed && problem.item ? { ...problem.item, seen: item.content } : gone ? null : item,
      notice: {
        kind: problem.code === 'UNAUTHENTICATED' ? 'signIn' : changed ? 'changed' : 'problem',
        number: item.number,
        text,
      },
    });
  };

  /** `settle` hears of the outcome: null once it is saved, or the example as it is after a refusal. */
  const decide = (choice: Choice, settle?: (changed: ReviewItem | null) => void) => {
    const [item] = state.items;
    if (!item) return;
    const { exampleId, revisionId, version, briefId, number } = item;
    const last = { reviewId: crypto.randomUUID(), exampleId, number, decision: choice.decision };
    const body = { ...choice, decisionId: last.reviewId, exampleId, revisionId, version, briefId };
    const next = request(exampleId);
    dispatch({ type: 'decided', last });
    const sent = api.decide(body, next).then(
      ({ desk }) => {
        dispatch({ type: 'confirmed', exampleId });
        if (desk) dispatch({ type: 'taken', ...desk });
        settle?.(null);
        return true;
      },
      (error: unknown) => {
        if (error instanceof ReviewProblem && error.item) settle?.(error.item);
        refuse(item, last, error);
        return false;
      },
    );
    sending.current.set(last.reviewId, sent);
    void sent.finally(() => sending.current.delete(last.reviewId));
  };

  const skip = () => {
    const [item] = state.items;
    if (!item) return;
    const next = request(item.exampleId);
    dispatch({ type: 'skipped', exampleId: item.exampleId });
    void api.release([item.exampleId]).catch(() => undefined);
    void take({ ...next, skip: [...next.skip, item.exampleId].slice(-500) });
  };

  /** Withdraws a decision and shows its example again. False where it could not be withdrawn. */
  const withdraw = async (decided: Omit<LastDecision, 'decision'>): Promise<boolean> => {
    await sending.current.get(decided.reviewId);
    const { reviewId, exampleId } = decided;
    try {
      const { desk } = await api.decide(
        { decision: 'withdraw', decisionId: crypto.randomUUID(), reviewId },
        {
          ...filter,
          count: 1,
          first: exampleId,
          holding: request(null).holding.filter((id) => id !== exampleId),
        },
      );
      dispatch({ type: 'withdrawn', exampleId, items: desk?.items ?? [] });
      return true;
    } catch (error) {
      const detail = error instanceof ReviewProblem ? error.detail : null;
      const text = detail ?? t('notSent.withdrawal');
      dispatch({ type: 'noticed', notice: { kind: 'problem', number: decided.number, text } });
      return false;
    }
  };

  const showSkipped = () => {
    dispatch({ type: 'unskip' });
    void reload(filter, []);
  };

  return { state, dispatch, filter, decide, skip, withdraw, reload, showSkipped };
}

/** Renews the leases of what is here; gives them back when the page is left. */
function useLeases(api: ReviewApi, exampleIds: string[], onLost: (ids: string[]) => void): void {
  const renew = useEffectEvent(async () => {
    if (exampleIds.length === 0) return;
    const asked = exampleIds;
    const answer = await api.renew(asked).catch(() => null);
    const lost = answer ? asked.filter((id) => !answer.held.includes(id)) : [];
    if (lost.length > 0) onLost(lost);
  });
  const release = useEffectEvent(() => {
    if (exampleIds.length > 0) void api.release(exampleIds).catch(() => undefined);
  });
  useEffect(() => {
    const timer = setInterval(() => void renew(), RENEW_MS);
    const leave = () => release();
    const back = (event: PageTransitionEvent) => {
      if (event.persisted) window.location.reload();
    };
    window.addEventListener('pagehide', leave);
    window.addEventListener('pageshow', back);
    return () => {
      clearInterval(timer);
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('pageshow', back);
      release();
    };
  }, []);
}
