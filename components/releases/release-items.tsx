import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { LinkButton } from '@/components/ui/button';
import { Pagination } from '@/components/ui/pagination';
import { Section } from '@/components/ui/section';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table';
import type { findReleaseItems } from '@/lib/releases/release-queries';
import { type ReleaseCounts, type Split, splits } from '@/lib/releases/release-schema';

type Item = Awaited<ReturnType<typeof findReleaseItems>>[number];
type Props = {
  base: string;
  examples: string;
  counts: ReleaseCounts;
  split: Split;
  from: number;
  items: Item[];
  /** Address of the record, for those who may read it: each row leads to its people. */
  record?: string;
};

const PAGE = 50;

/** The frozen rows of one part, 50 at a time, with who approved each. */
export function ReleaseItems(props: Props) {
  const { base, examples, counts, split, from, items, record } = props;
  const t = useTranslations('releases');
  const total = {
    training: counts.training,
    validation: counts.validation,
    held_out: counts.heldOut,
  };
  const at = (position: number) => `${base}?split=${split}&from=${position}`;
  return (
    <Section title={t('detail.items')}>
      <nav aria-label={t('detail.items')} className="flex flex-wrap gap-1">
        {splits.map((part) => (
          <LinkButton
            key={part}
            size="small"
            variant={part === split ? 'secondary' : 'quiet'}
            href={`${base}?split=${part}`}
            scroll={false}
            aria-current={part === split ? 'page' : undefined}
          >
            {t(`split.${part}`)} <span className="text-ink-3 tabular-nums">{total[part]}</span>
          </LinkButton>
        ))}
      </nav>
      <Table label={t('detail.itemsOf', { split: t(`split.${split}`) })}>
        <TableHead>
          <TableHeader>{t('columns.number')}</TableHeader>
          <TableHeader>{t('columns.prompt')}</TableHeader>
          <TableHeader>{t('columns.reply')}</TableHeader>
          <TableHeader>{t('columns.topic')}</TableHeader>
          <TableHeader>{t('columns.reviewer')}</TableHeader>
          {record ? <TableHeader>{t('columns.record')}</TableHeader> : null}
        </TableHead>
        <TableBody>
          {items.map((item) => (
            <TableRow key={item.exampleId}>
              <TableCell header>
                <Link
                  className="text-accent-ink tabular-nums hover:underline"
                  href={`${examples}?open=${item.number}`}
                >
                  {item.number}
                </Link>
              </TableCell>
              <TableCell className="max-w-80 min-w-44">
                <span dir="auto" className="line-clamp-2">
                  {item.prompt}
                </span>
              </TableCell>
              <TableCell className="max-w-80 min-w-44">
                <span dir="auto" className="line-clamp-2">
                  {item.reply}
                </span>
                {item.replyKnown ? <Badge>{t('detail.replyKnown')}</Badge> : null}
              </TableCell>
              <TableCell>{item.topic}</TableCell>
              <TableCell>{item.reviewer}</TableCell>
              {record ? (
                <TableCell>
                  <Link
                    className="text-accent-ink hover:underline"
                    href={`${record}?subject=${item.exampleId}`}
                    aria-label={`${t('detail.record')}, ${t('detail.recordOf', { number: item.number })}`}
                  >
                    {t('detail.record')}
                  </Link>
                </TableCell>
              ) : null}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {total[split] > PAGE ? (
        <Pagination
          previous={from > 0 ? at(Math.max(0, from - PAGE)) : undefined}
          next={from + PAGE < total[split] ? at(from + PAGE) : undefined}
          summary={t('detail.range', {
            from: from + 1,
            to: Math.min(from + PAGE, total[split]),
            total: total[split],
          })}
        />
      ) : null}
    </Section>
  );
}
