import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { RelativeTime } from '@/components/ui/relative-time';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table';
import type { RecordRow } from '@/lib/audit/audit-queries';
import { RecordSentence } from './record-sentence';

const link = 'text-accent-ink hover:underline';

/** A page of the record. On a phone the parts of an entry stand below each other. */
export function RecordTable({ workspace, rows }: { workspace: string; rows: RecordRow[] }) {
  const t = useTranslations('audit');
  return (
    <Table label={t('table')}>
      <TableHead>
        <TableHeader>{t('columns.when')}</TableHeader>
        <TableHeader className="max-sm:hidden">{t('columns.who')}</TableHeader>
        <TableHeader>{t('columns.what')}</TableHeader>
        <TableHeader className="max-sm:hidden">{t('columns.subject')}</TableHeader>
        <TableHeader align="end">{t('columns.entry')}</TableHeader>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <RecordTableRow key={row.id} workspace={workspace} row={row} />
        ))}
      </TableBody>
    </Table>
  );
}

function RecordTableRow({ workspace, row }: { workspace: string; row: RecordRow }) {
  const t = useTranslations('audit');
  const format = useFormatter();
  const actor = row.actor ?? t(row.actorId ? 'formerPerson' : 'nobody');
  return (
    <TableRow>
      <TableCell className="align-top text-ink-2">
        <RelativeTime value={row.at} />
      </TableCell>
      <TableCell className="align-top max-sm:hidden">
        {actor}
        {row.via === 'token' ? (
          <span className="block text-12 text-ink-3">{t('viaToken')}</span>
        ) : null}
      </TableCell>
      <TableCell header className="align-top">
        <span className="text-12 text-ink-3 sm:hidden">{actor}: </span>
        <RecordSentence action={row.action} details={row.details} />
        <span className="block sm:hidden">
          <RecordSubject workspace={workspace} row={row} />
        </span>
      </TableCell>
      <TableCell className="align-top max-sm:hidden">
        <RecordSubject workspace={workspace} row={row} />
      </TableCell>
      <TableCell align="end" className="align-top text-ink-3">
        {row.sequence === null ? (
          <span className="text-12">{t('notSealed')}</span>
        ) : (
          format.number(row.sequence)
        )}
      </TableCell>
    </TableRow>
  );
}

function RecordSubject({ workspace, row }: { workspace: string; row: RecordRow }) {
  const t = useTranslations('audit');
  const { subject } = row;
  if (!subject) {
    if (row.subjectType === 'example') return <>{t('subjects.exampleGone')}</>;
    const type = `subjects.types.${row.subjectType}`;
    return <>{t.has(type as never) ? t(type as never) : row.subjectType}</>;
  }
  const name = subject.key
    ? t(`subjects.${subject.key}`, { number: subject.number ?? 0 })
    : (subject.name ?? '');
  return subject.path ? (
    <Link className={link} href={`/w/${workspace}/${subject.path}`}>
      {name}
    </Link>
  ) : (
    name
  );
}
