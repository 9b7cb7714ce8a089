'use client';

import { useMemo } from 'react';
import { cn } from '../ui/cn';
import { showHiddenCharacter, useHiddenRuns, VisiblePiece } from '../ui/visible-text';
import type { ShownFinding } from './finding-list';
import { useFindingText } from './use-finding-text';

type Mark = { start: number; end: number; finding: ShownFinding };

/** The spans to draw, in order and without overlap; a blocker goes before a warning. */
function toMarks(text: string, findings: readonly ShownFinding[]): Mark[] {
  const marks: Mark[] = [];
  const drawn = findings
    // Hidden characters are drawn in any case, as chips.
    .filter(({ check }) => check !== 'hidden_character')
    .filter((finding) => finding.state !== 'dismissed' && finding.state !== 'fixed')
    .flatMap((finding): Mark[] =>
      finding.spanStart !== null && finding.spanEnd !== null && finding.spanEnd <= text.length
        ? [{ start: finding.spanStart, end: finding.spanEnd, finding }]
        : [],
    )
    .sort(
      (a, b) =>
        Number(b.finding.severity === 'blocker') - Number(a.finding.severity === 'blocker') ||
        a.start - b.start,
    );
  for (const mark of drawn) {
    if (marks.every((other) => mark.end <= other.start || mark.start >= other.end))
      marks.push(mark);
  }
  return marks.sort((a, b) => a.start - b.start);
}

/**
 * A reply with the words of its findings underlined, red and thick for blockers, dotted for
 * warnings, and its hidden characters drawn.
 */
export function FindingMarks({
  text,
  findings,
}: {
  text: string;
  findings: readonly ShownFinding[];
}) {
  const say = useFindingText();
  const marks = useMemo(() => toMarks(text, findings), [text, findings]);
  const runs = useHiddenRuns(text);
  const piece = (from: number, to: number) => (
    <VisiblePiece key={`${from}-${to}`} text={text} runs={runs} from={from} to={to} />
  );
  const parts: React.ReactNode[] = [];
  let at = 0;
  for (const { start, end, finding } of marks) {
    parts.push(piece(at, start));
    parts.push(
      <mark
        key={start}
        data-finding-start={start}
        tabIndex={-1}
        title={say(finding)}
        className={cn(
          'rounded-[3px] text-ink underline decoration-2 underline-offset-4',
          finding.severity === 'blocker'
            ? 'bg-negative-soft decoration-negative'
            : 'bg-caution-soft decoration-caution decoration-dotted',
        )}
      >
        {piece(start, end)}
        <span className="sr-only">{` [${say(finding)}] `}</span>
      </mark>,
    );
    at = end;
  }
  parts.push(piece(at, text.length));
  return parts;
}

/** Brings the words of a finding into view inside a container that shows `FindingMarks`. */
export function showFindingMark(container: HTMLElement | null, finding: ShownFinding): void {
  if (finding.check === 'hidden_character') {
    showHiddenCharacter(container, finding.spanStart ?? undefined);
    return;
  }
  const mark = container?.querySelector<HTMLElement>(`[data-finding-start="${finding.spanStart}"]`);
  mark?.scrollIntoView({ block: 'center' });
  mark?.focus({ preventScroll: true });
}
