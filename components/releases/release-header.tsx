import { GraduationCap } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { LinkButton } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { StatusDot } from '@/components/ui/status-dot';
import type { getRelease } from '@/lib/releases/release-queries';
import { releaseTone } from './release-tone';

type Props = {
  workspace: string;
  release: Awaited<ReturnType<typeof getRelease>>;
  canTrain: boolean;
};

/** Name, state and origin of a release, and the one thing to do with it. */
export function ReleaseHeader({ workspace, release, canTrain }: Props) {
  const t = useTranslations('releases');
  return (
    <PageHeader
      title={t('name', { number: release.number })}
      status={
        <StatusDot tone={releaseTone[release.state]}>{t(`state.${release.state}`)}</StatusDot>
      }
      description={
        <>
          <RelativeTime value={release.frozenAt ?? release.createdAt} />
          {' · '}
          {t('detail.by', { name: release.createdBy })}
          {' · '}
          {t('detail.briefVersion', { version: release.brief.version })}
          {release.note ? ` · ${release.note}` : null}
        </>
      }
      actions={
        canTrain && release.state === 'frozen' ? (
          <LinkButton
            variant="primary"
            icon={<GraduationCap aria-hidden="true" />}
            href={`/w/${workspace}/datasets/${release.datasetId}/releases/${release.number}/train`}
          >
            {t('detail.train')}
          </LinkButton>
        ) : null
      }
    />
  );
}
