'use client';

import { OctagonAlert, PencilLine, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { ExampleRow } from '@/lib/examples/example-queries';
import { parseSearch } from '@/lib/examples/search-terms';
import { Badge } from '../ui/badge';
import { cn } from '../ui/cn';
import { RelativeTime } from '../ui/relative-time';
import { StatusDot } from '../ui/status-dot';
import { useExamples } from './examples-context';
import { RowSaveState } from './row-save-state';
import { STATUS_TONE } from './status-tone';

type CellProps = { row: ExampleRow };

export function StatusCell({ row }: CellProps) {
  const t = useTranslations('examples');
  const commit = useExamples().commits.get(row.id);
  if (commit) return <RowSaveState commit={commit} />;
  return (
    <StatusDot tone={STATUS_TONE[row.status]} className="max-sm:text-12">
      {t(`status.${row.status}`)}
    </StatusDot>
  );
}

export function NumberCell({ row, onOpen }: CellProps & { onOpen: (id: string) => void }) {
  const t = useTranslations('examples');
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={t('open', { number: row.number })}
      onClick={() => onOpen(row.id)}
      className="tabular hit-area -mx-1 inline-flex items-center gap-1 rounded-[4px] px-1 text-12 text-ink-3 hover:text-accent-ink hover:underline"
    >
      {row.number}
      {row.hasWorkingCopy ? (
        <>
          <PencilLine aria-hidden="true" className="size-3! text-attention" />
          <span className="sr-only">{t('hasWorkingCopy')}</span>
        </>
      ) : null}
    </button>
  );
}

export function TextCell({ row, part }: CellProps & { part: 'prompt' | 'reply' }) {
  const t = useTranslations('examples');
  const { commits, query } = useExamples();
  const changes = commits.get(row.id)?.changes;
  const typed = part === 'reply' ? changes?.reply : changes?.messages?.at(-1)?.content;
  return (
    <span
      dir="auto"
      className={cn(
        'w-full min-w-0 text-13 group-data-[density=compact]/row:truncate group-data-[density=cosy]/row:line-clamp-2',
        part === 'prompt' ? 'text-ink-2 max-sm:line-clamp-2' : 'text-ink max-sm:line-clamp-3',
      )}
    >
      {part === 'prompt' && row.messageCount > 1 ? (
        <span className="me-1.5 text-12 text-ink-3">{t('turns', { count: row.messageCount })}</span>
      ) : null}
      <Marked text={typed ?? row[part]} query={query} />
    </span>
  );
}

/** A text with the words of the search marked. */
function Marked({ text, query }: { text: string; query: string | null }) {
  const pattern = useMemo(() => toPattern(query), [query]);
  if (!pattern) return text;
  return text.split(pattern).map((piece, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never move
      <mark key={index} className="rounded-[3px] bg-caution-soft text-ink">
        {piece}
      </mark>
    ) : (
      piece
    ),
  );
}

function toPattern(query: string | null): RegExp | null {
  const texts = parseSearch(query ?? '').flatMap((term) =>
    term.kind === 'text' ? [term.text] : term.kind === 'word' ? [term.word] : [],
  );
  if (texts.length === 0) return null;
  const escaped = texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(${escaped.join('|')})`, 'giu');
}

export function TopicCell({ row }: CellProps) {
  const changes = useExamples().commits.get(row.id)?.changes;
  const topic = changes?.topic === undefined ? row.topic : changes.topic;
  return (
    <span dir="auto" className="truncate text-13 text-ink-2">
      {topic}
    </span>
  );
}

export function TagsCell({ row }: CellProps) {
  const changes = useExamples().commits.get(row.id)?.changes;
  return (
    <span className="flex min-w-0 gap-1 overflow-hidden">
      {(changes?.tags ?? row.tags).map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
    </span>
  );
}

export function ChecksCell({ row }: CellProps) {
  const t = useTranslations('examples');
  return (
    <span className="tabular flex items-center gap-2.5 text-12">
      {row.blockers > 0 ? (
        <span className="inline-flex items-center gap-1 text-negative">
          <OctagonAlert aria-hidden="true" className="size-3.5!" />
          {row.blockers}
          <span className="sr-only">{t('blockers', { count: row.blockers })}</span>
        </span>
      ) : null}
      {row.warnings > 0 ? (
        <span className="inline-flex items-center gap-1 text-caution">
          <TriangleAlert aria-hidden="true" className="size-3.5!" />
          {row.warnings}
          <span className="sr-only">{t('warnings', { count: row.warnings })}</span>
        </span>
      ) : null}
    </span>
  );
}

export function UpdatedCell({ row }: CellProps) {
  return (
    <span className="truncate text-12 text-ink-3">
      <RelativeTime value={row.updatedAt} />
    </span>
  );
}
