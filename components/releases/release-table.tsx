import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { RelativeTime } from '@/components/ui/relative-time';
import { StatusDot } from '@/components/ui/status-dot';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table';
import type { findReleases } from '@/lib/releases/release-queries';
import { releaseTone } from './release-tone';

type Release = Awaited<ReturnType<typeof findReleases>>[number];

/** The releases of a dataset, newest first. */
export function ReleaseTable({ base, releases }: { base: string; releases: Release[] }) {
  const t = useTranslations('releases');
  return (
    <Table label={t('title')}>
      <TableHead>
        <TableHeader>{t('columns.release')}</TableHeader>
        <TableHeader>{t('columns.state')}</TableHeader>
        <TableHeader align="end">{t('columns.training')}</TableHeader>
        <TableHeader align="end">{t('columns.validation')}</TableHeader>
        <TableHeader align="end">{t('columns.heldOut')}</TableHeader>
        <TableHeader>{t('columns.frozen')}</TableHeader>
      </TableHead>
      <TableBody>
        {releases.map((release) => (
          <ReleaseRow key={release.id} base={base} release={release} />
        ))}
      </TableBody>
    </Table>
  );
}

function ReleaseRow({ base, release }: { base: string; release: Release }) {
  const t = useTranslations('releases');
  return (
    <TableRow>
      <TableCell header>
        <Link
          className="font-medium text-accent-ink hover:underline"
          href={`${base}/${release.number}`}
        >
          {t('name', { number: release.number })}
        </Link>
        {release.note ? <span className="block text-13 text-ink-3">{release.note}</span> : null}
      </TableCell>
      <TableCell>
        <StatusDot tone={releaseTone[release.state]}>{t(`state.${release.state}`)}</StatusDot>
        {release.withdrawn > 0 ? (
          <span className="block text-13 text-caution">
            {t('withdrawn', { count: release.withdrawn })}
          </span>
        ) : null}
      </TableCell>
      <TableCell align="end">{release.counts?.training}</TableCell>
      <TableCell align="end">{release.counts?.validation}</TableCell>
      <TableCell align="end">{release.counts?.heldOut}</TableCell>
      <TableCell>
        <RelativeTime value={release.frozenAt ?? release.createdAt} />
      </TableCell>
    </TableRow>
  );
}
