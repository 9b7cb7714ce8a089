import { getTranslations } from 'next-intl/server';
import { Callout } from '@/components/ui/callout';
import type { JobView } from '@/lib/jobs';

/** Says why the last job of an import brought nothing; shows nothing when it did. */
export async function JobEnded({ job }: { job: JobView | null }) {
  if (job?.state !== 'cancelled' && job?.state !== 'failed') return null;
  const t = await getTranslations('imports.job');
  if (job.state === 'cancelled') return <Callout>{t('cancelled')}</Callout>;
  const texts = await getTranslations();
  const key = job.errorCode ?? 'errors.unexpected';
  const message = texts(key as never, (job.errorValues ?? {}) as never);
  return <Callout kind="blocker">{t('failed', { message })}</Callout>;
}
