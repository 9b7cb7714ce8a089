import { useTranslations } from 'next-intl';
import { LinkButton } from '@/components/ui/button';
import { Section } from '@/components/ui/section';
import type { ReleaseCounts } from '@/lib/releases/release-schema';
import { CountedList, type Listed } from './counted-list';

const parts = ['retired', 'fresh', 'staying'] as const;

type Props = {
  workspace: string;
  datasetId: string;
  seen: NonNullable<ReleaseCounts['seen']>;
  lists: Record<(typeof parts)[number], Listed[]>;
  /** The how-many-th judgement on these examples the first proof of this release will be. */
  judgement: number;
  reserveMore: boolean;
};

/** What proofs have seen of the held-out set: what retires, what comes in, what stays, and what that means. */
export function SeenHeldOut({ seen, lists, judgement, reserveMore, ...place }: Props) {
  const t = useTranslations('releases.preview.seen');
  const { workspace, datasetId } = place;
  return (
    <Section title={t('title')} description={t('description')}>
      <ul className="grid max-w-3xl grid-cols-[auto_1fr_auto] gap-x-3 divide-y divide-line">
        {parts.map((part) => (
          <CountedList
            key={part}
            {...place}
            count={seen[part]}
            label={t(part, { count: seen[part] })}
            list={lists[part]}
          />
        ))}
      </ul>
      <p className="max-w-prose text-13 text-ink-2">
        {judgement === 1 ? t('anew') : t('stricter', { judgement })}
        {seen.staying > 0 ? ` ${reserveMore ? t('writeMore') : t('half')}` : null}
      </p>
      {seen.staying > 0 && !reserveMore ? (
        <LinkButton
          size="small"
          className="w-fit"
          href={`/w/${workspace}/datasets/${datasetId}/releases/new?reserve=more`}
        >
          {t('reserve')}
        </LinkButton>
      ) : null}
    </Section>
  );
}
