import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { codeOf, findHiddenRuns, type HiddenRun, wordsOfTags } from '@/lib/hidden-characters';

/** Past this many chips of a text, the codes stand in it as words: elements are dear, and none may hide. */
const MAX_CHIPS = 1_000;

/** A text of people, models or files in which nothing hides: every hidden character is drawn as a chip with its code. */
export function VisibleText({ text }: { text: string }) {
  const runs = useHiddenRuns(text);
  return <VisiblePiece text={text} runs={runs} from={0} to={text.length} />;
}

export function useHiddenRuns(text: string): HiddenRun[] {
  return useMemo(() => findHiddenRuns(text), [text]);
}

export interface VisiblePieceProps {
  /** The whole text: whether a character is hidden depends on its neighbours. */
  text: string;
  runs: readonly HiddenRun[];
  from: number;
  to: number;
}

/** Part of a text, where others stand between its parts. Offsets in UTF-16 code units. */
export function VisiblePiece({ text, runs, from, to }: VisiblePieceProps): React.ReactNode {
  const parts: React.ReactNode[] = [];
  let at = from;
  for (let index = firstPast(runs, from); index < runs.length; index += 1) {
    const run = runs[index] as HiddenRun;
    if (run.start >= to) break;
    const start = Math.max(run.start, from);
    const end = Math.min(run.end, to);
    const hidden = text.slice(start, end);
    parts.push(text.slice(at, start));
    parts.push(
      index < MAX_CHIPS ? (
        <HiddenChip key={start} start={start} kind={run.kind} text={hidden} />
      ) : (
        <HiddenCode key={start} text={hidden} />
      ),
    );
    at = end;
  }
  if (parts.length === 0) return text.slice(from, to);
  parts.push(text.slice(at, to));
  return parts;
}

/** The first run that ends past an offset. */
function firstPast(runs: readonly HiddenRun[], from: number): number {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle] as HiddenRun).end > from) high = middle;
    else low = middle + 1;
  }
  return low;
}

function useLabel(text: string): string {
  const t = useTranslations('ui.hidden');
  const code = codeOf(text);
  const count = [...text].length;
  return count === 1 ? code : t('more', { code, count: count - 1 });
}

/**
 * The characters stay in it, so that copying takes them along; its box keeps them from turning
 * what stands around, and what is seen of it is drawn by the style sheet.
 */
function HiddenChip({
  start,
  kind,
  text,
}: {
  start: number;
  kind: HiddenRun['kind'];
  text: string;
}) {
  const t = useTranslations('ui.hidden');
  const label = useLabel(text);
  const values = { code: codeOf(text), count: [...text].length, kind: t(`kinds.${kind}`) };
  const words = wordsOfTags(text);
  const name =
    words !== ''
      ? t('words', { ...values, words })
      : t(values.count === 1 ? 'one' : 'many', values);
  return (
    <span
      role="img"
      aria-label={name}
      title={name}
      // What a text inside begins with says nothing about the direction of the text around.
      dir="ltr"
      tabIndex={-1}
      data-hidden-start={start}
      data-code={label}
      className="hidden-character"
    >
      {text}
    </span>
  );
}

const HiddenCode = ({ text }: { text: string }) => `[${useLabel(text)}]`;

/** Brings a hidden character into view inside an element that shows texts in which nothing hides. */
export function showHiddenCharacter(container: ParentNode | null, start?: number): void {
  const which = start === undefined ? '' : `="${start}"`;
  const chip = container?.querySelector<HTMLElement>(`[data-hidden-start${which}]`);
  chip?.closest('details')?.setAttribute('open', '');
  chip?.scrollIntoView({ block: 'center' });
  chip?.focus({ preventScroll: true });
}
