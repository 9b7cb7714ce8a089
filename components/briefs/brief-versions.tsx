import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { BriefVersionRow } from '@/lib/datasets/brief-queries';
import { RelativeTime } from '../ui/relative-time';
import { StatusDot } from '../ui/status-dot';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table';

export interface BriefVersionsProps {
  versions: BriefVersionRow[];
  /** Where the versions lie, without a slash at the end. */
  href: string;
}

/** Who wrote and who approved each version, the newest first. */
export function BriefVersions({ versions, href }: BriefVersionsProps) {
  const t = useTranslations('brief.versions');
  const newest = versions[0]?.version;
  return (
    <Table label={t('title')}>
      <TableHead>
        <TableHeader>{t('version')}</TableHeader>
        <TableHeader>{t('author')}</TableHeader>
        <TableHeader>{t('when')}</TableHeader>
        <TableHeader>{t('approval')}</TableHeader>
      </TableHead>
      <TableBody>
        {versions.map((row) => (
          <TableRow key={row.id}>
            <TableCell header>
              <Link
                href={`${href}/${row.version}`}
                className="font-medium text-accent-ink hover:underline"
              >
                {t('diffTitle', { version: row.version })}
              </Link>
              {row.version === newest ? (
                <span className="ms-2 text-ink-3">{t('current')}</span>
              ) : null}
            </TableCell>
            <TableCell>
              <bdi>{row.authorName}</bdi>
            </TableCell>
            <TableCell>
              <RelativeTime value={row.createdAt} />
            </TableCell>
            <TableCell>
              <VersionApproval row={row} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function VersionApproval({ row }: { row: BriefVersionRow }) {
  const t = useTranslations('brief');
  if (!row.approvedAt) return <StatusDot tone="neutral">{t('versions.waiting')}</StatusDot>;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <StatusDot tone="positive">
        {t(row.approvedVia === 'token' ? 'approval.approvedByToken' : 'approval.approved', {
          name: row.approvedByName ?? '',
        })}
      </StatusDot>
      <span className="text-ink-3">
        <RelativeTime value={row.approvedAt} />
      </span>
    </span>
  );
}
