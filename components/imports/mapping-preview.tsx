'use client';

import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { Section } from '@/components/ui/section';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table';
import { VisibleText } from '@/components/ui/visible-text';
import type { PreviewRow } from '@/lib/imports/import-head';
import { useBadRowText } from './use-bad-row-text';

export interface MappingPreviewProps {
  rows: PreviewRow[];
  state: 'ready' | 'updating' | 'failed';
}

/** The first rows as they would become examples; bad ones say why. */
export function MappingPreview({ rows, state }: MappingPreviewProps) {
  const t = useTranslations('imports.preview');
  const status = { ready: '', updating: t('updating'), failed: t('failed') }[state];
  return (
    <Section title={t('title')}>
      <p aria-live="polite" className="sr-only">
        {status}
      </p>
      {state === 'failed' ? <p className="text-13 text-negative">{status}</p> : null}
      {rows.length === 0 ? (
        <p className="text-14 text-ink-3">{t('empty')}</p>
      ) : (
        <Table
          label={t('label')}
          className={state === 'updating' ? 'max-h-120 opacity-60' : 'max-h-120'}
        >
          <TableHead>
            <TableHeader align="end">{t('line')}</TableHeader>
            <TableHeader>{t('prompt')}</TableHeader>
            <TableHeader>{t('reply')}</TableHeader>
            <TableHeader>{t('topic')}</TableHeader>
            <TableHeader>{t('group')}</TableHeader>
            <TableHeader>{t('tags')}</TableHeader>
            <TableHeader>{t('author')}</TableHeader>
          </TableHead>
          <TableBody>
            {rows.map((row) =>
              row.bad ? <BadLine key={row.line} row={row} /> : <Line key={row.line} row={row} />,
            )}
          </TableBody>
        </Table>
      )}
    </Section>
  );
}

const textCell = 'min-w-64 max-w-96 align-top whitespace-pre-wrap';
const labelCell = 'max-w-40 align-top break-words';

function Line({ row }: { row: Extract<PreviewRow, { bad: false }> }) {
  const t = useTranslations('imports.preview');
  return (
    <TableRow>
      <TableCell align="end" className="align-top text-ink-3">
        {row.line}
      </TableCell>
      <TableCell className={textCell}>
        {row.system === null ? null : (
          <span dir="auto" className="line-clamp-2 text-ink-3">
            <VisibleText text={t('system', { text: row.system })} />
          </span>
        )}
        {row.messages.map((message, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: turns have no identity but their place
            key={index}
            dir="auto"
            className={message.role === 'user' ? 'line-clamp-3' : 'line-clamp-2 text-ink-3'}
          >
            <VisibleText
              text={
                message.role === 'user'
                  ? message.content
                  : t('assistant', { text: message.content })
              }
            />
          </span>
        ))}
      </TableCell>
      <TableCell className={textCell}>
        <span dir="auto" className="line-clamp-4">
          <VisibleText text={row.reply} />
        </span>
      </TableCell>
      <TableCell className={labelCell}>{row.topic}</TableCell>
      <TableCell className={labelCell}>{row.groupKey}</TableCell>
      <TableCell className={labelCell}>{row.tags.join(', ')}</TableCell>
      <TableCell className={labelCell}>{row.author}</TableCell>
    </TableRow>
  );
}

function BadLine({ row }: { row: Extract<PreviewRow, { bad: true }> }) {
  const t = useTranslations('imports');
  const sayWhy = useBadRowText();
  return (
    <tr className="border-b bg-negative-soft/60">
      <TableCell align="end" className="align-top text-ink-3">
        {row.line}
      </TableCell>
      <td colSpan={6} className="px-2 py-1.5 align-top">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <Badge tone="negative">{t('preview.bad')}</Badge>
          <span>{sayWhy(row.reason, row.column)}</span>
        </span>
        <span dir="auto" className="line-clamp-2 text-ink-3">
          <VisibleText text={row.excerpt} />
        </span>
      </td>
    </tr>
  );
}
