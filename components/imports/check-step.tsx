import { getFormatter, getTranslations } from 'next-intl/server';
import { Callout } from '@/components/ui/callout';
import { Section } from '@/components/ui/section';
import { Stat, Stats } from '@/components/ui/stat';
import type { BadRowView } from '@/lib/imports/import-queries';
import { type ImportCounts, MAX_BAD_ROWS_KEPT } from '@/lib/imports/import-schema';
import { BadRowsTable } from './bad-rows-table';
import { CommitForm } from './commit-form';

export interface CheckStepProps {
  workspace: string;
  /** Address of the import's page. */
  href: string;
  /** Address from which the bad rows are downloaded. */
  downloadHref: string;
  row: { id: string; version: number; fileName: string };
  counts: ImportCounts;
  badRows: { rows: BadRowView[]; next: number | null };
  isFirstPage: boolean;
}

/** What the dry run found, and the one decision that is left. */
export async function CheckStep(props: CheckStepProps) {
  const t = await getTranslations('imports');
  const { counts, row, href } = props;
  return (
    <div className="flex flex-col gap-8 lg:grid lg:grid-cols-[minmax(0,1fr)_20rem] lg:grid-rows-[auto_1fr] lg:gap-x-12">
      <div className="min-w-0">
        <CheckNumbers counts={counts} fileName={row.fileName} />
      </div>
      <div className="lg:row-span-2">
        {counts.fresh > 0 ? (
          <CommitForm
            workspace={props.workspace}
            importId={row.id}
            version={row.version}
            count={counts.fresh}
            href={href}
          />
        ) : (
          <Callout>{t('check.nothing')}</Callout>
        )}
      </div>
      {counts.bad > 0 ? (
        <div className="min-w-0">
          <BadRowsTable
            {...props.badRows}
            count={counts.bad}
            kept={Math.min(counts.bad, MAX_BAD_ROWS_KEPT)}
            href={`${href}?step=check`}
            downloadHref={props.downloadHref}
            isFirstPage={props.isFirstPage}
          />
        </div>
      ) : null}
    </div>
  );
}

async function CheckNumbers({ counts, fileName }: { counts: ImportCounts; fileName: string }) {
  const t = await getTranslations('imports.check');
  const format = await getFormatter();
  const share = counts.rows > 0 ? counts.bad / counts.rows : 0;
  const percent = format.number(share, { style: 'percent', maximumFractionDigits: 1 });
  return (
    <Section title={t('title')} description={t('summary', { rows: counts.rows, name: fileName })}>
      <Stats>
        <Stat
          label={t('fresh')}
          value={format.number(counts.fresh)}
          note={`${t('topics', { count: counts.topics })}, ${t('groups', { count: counts.groups })}`}
        />
        <Stat
          label={t('duplicates')}
          value={format.number(counts.duplicates)}
          note={
            counts.duplicates > 0
              ? t('duplicatesNote', {
                  inFile: counts.duplicatesInFile,
                  elsewhere: counts.duplicates - counts.duplicatesInFile,
                })
              : undefined
          }
        />
        <Stat
          label={t('otherReply')}
          value={format.number(counts.otherReply)}
          note={counts.otherReply > 0 ? t('otherReplyNote') : undefined}
        />
        <Stat
          label={t('bad')}
          value={format.number(counts.bad)}
          note={counts.bad > 0 ? t('badNote', { percent }) : undefined}
        />
      </Stats>
      {counts.blocked > 0 ? (
        <Callout kind="warning">{t('blocked', { count: counts.blocked })}</Callout>
      ) : null}
      {counts.unknownAuthors > 0 ? (
        <Callout kind="warning">{t('unknownAuthors', { count: counts.unknownAuthors })}</Callout>
      ) : null}
    </Section>
  );
}
