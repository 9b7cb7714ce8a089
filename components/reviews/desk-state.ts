import type { Content } from '@/lib/examples/content';
import type { QueueSummary } from '@/lib/reviews/queue-queries';
import type { ReviewItem } from '@/lib/reviews/review-queries';

/** How many examples are in the browser at a time: the one shown and those ready behind it. */
export const READY = 3;

/** An example on the desk; `seen` is what the reviewer had read before somebody changed it. */
export type DeskItem = ReviewItem & { seen?: Content };
export type Mode = 'read' | 'correct' | 'send_back';

export type LastDecision = {
  reviewId: string;
  exampleId: string;
  number: number;
  decision: 'approve' | 'correct' | 'send_back';
};

/** A message that stays until the next decision. `text` is translated already. */
export type Notice = { kind: 'problem' | 'changed' | 'signIn'; number: number; text: string };

export type DeskState = {
  phase: 'loading' | 'ready' | 'failed';
  /** The first is shown. */
  items: DeskItem[];
  /** Decisions on their way to the server. */
  inFlight: string[];
  skipped: string[];
  /** Decided in this sitting. */
  done: number;
  summary: QueueSummary | null;
  mode: Mode;
  last: LastDecision | null;
  notice: Notice | null;
};

export const emptyDesk: DeskState = {
  phase: 'loading',
  items: [],
  inFlight: [],
  skipped: [],
  done: 0,
  summary: null,
  mode: 'read',
  last: null,
  notice: null,
};

export type DeskEvent =
  | { type: 'reload' }
  | { type: 'taken'; items: ReviewItem[]; summary: QueueSummary | null }
  | { type: 'failed' }
  | { type: 'mode'; mode: Mode }
  | { type: 'decided'; last: LastDecision }
  | { type: 'confirmed'; exampleId: string }
  | { type: 'refused'; item: DeskItem | null; exampleId: string; reviewId: string; notice: Notice }
  | { type: 'skipped'; exampleId: string }
  | { type: 'unskip' }
  | { type: 'withdrawn'; exampleId: string; items: ReviewItem[] }
  | { type: 'lost'; exampleIds: string[] }
  | { type: 'finding'; id: string; state: 'open' | 'dismissed'; reason: string | null }
  | { type: 'noticed'; notice: Notice | null };

/** The desk after something happened. What is shown never changes by itself under the reviewer's hands. */
export function deskReducer(state: DeskState, event: DeskEvent): DeskState {
  switch (event.type) {
    case 'reload':
      return { ...state, phase: 'loading', items: [], mode: 'read', notice: null };
    case 'taken':
      return {
        ...state,
        phase: 'ready',
        items: merge(state, event.items),
        summary: event.summary ?? state.summary,
      };
    case 'failed':
      return { ...state, phase: state.items.length > 0 ? 'ready' : 'failed' };
    case 'mode':
      return { ...state, mode: event.mode };
    case 'decided':
      return {
        ...state,
        items: without(state.items, event.last.exampleId),
        inFlight: [...state.inFlight, event.last.exampleId],
        done: state.done + 1,
        summary: leave(state.summary, 1),
        mode: 'read',
        last: event.last,
        notice: null,
      };
    case 'confirmed':
      return { ...state, inFlight: state.inFlight.filter((id) => id !== event.exampleId) };
    case 'refused':
      return refuse(state, event);
    case 'skipped':
      return {
        ...state,
        phase: state.items.length > 1 ? state.phase : 'loading',
        items: without(state.items, event.exampleId),
        skipped: [...state.skipped, event.exampleId],
        mode: 'read',
        notice: null,
      };
    case 'unskip':
      return { ...state, skipped: [] };
    case 'withdrawn': {
      const back = event.items.filter((item) => item.exampleId === event.exampleId);
      return {
        ...state,
        phase: 'ready',
        items: [...back, ...without(state.items, event.exampleId)],
        done: Math.max(0, state.done - 1),
        summary: leave(state.summary, -1),
        mode: 'read',
        last: null,
        notice: null,
      };
    }
    case 'lost':
      return {
        ...state,
        items: state.items.filter(
          (item, index) => index === 0 || !event.exampleIds.includes(item.exampleId),
        ),
      };
    case 'finding':
      return {
        ...state,
        items: state.items.map((item) => ({
          ...item,
          findings: item.findings.map((finding) =>
            finding.id === event.id
              ? { ...finding, state: event.state, dismissReason: event.reason }
              : finding,
          ),
        })),
      };
    case 'noticed':
      return { ...state, notice: event.notice };
    default:
      return event satisfies never;
  }
}

const without = (items: DeskItem[], exampleId: string) =>
  items.filter((item) => item.exampleId !== exampleId);

function merge(state: DeskState, items: ReviewItem[]): DeskItem[] {
  const known = new Set([...state.items.map((item) => item.exampleId), ...state.inFlight]);
  const fresh = items.filter(
    (item) => !known.has(item.exampleId) && !state.skipped.includes(item.exampleId),
  );
  return [...state.items, ...fresh];
}

/** One decision more leaves one less to do; a decision taken back leaves one more. */
function leave(summary: QueueSummary | null, decided: number): QueueSummary | null {
  return (
    summary && {
      ...summary,
      waiting: Math.max(0, summary.waiting - decided),
      decidedToday: Math.max(0, summary.decidedToday + decided),
    }
  );
}

/** A refused decision comes back: next in line, or at once where nothing else is shown. */
function refuse(state: DeskState, event: Extract<DeskEvent, { type: 'refused' }>): DeskState {
  const [shown, ...rest] = without(state.items, event.exampleId);
  const back = event.item ? [event.item] : [];
  return {
    ...state,
    items: shown ? [shown, ...back, ...rest] : back,
    inFlight: state.inFlight.filter((id) => id !== event.exampleId),
    done: Math.max(0, state.done - 1),
    summary: leave(state.summary, event.item ? -1 : 0),
    last: state.last?.reviewId === event.reviewId ? null : state.last,
    notice: event.notice,
  };
}
