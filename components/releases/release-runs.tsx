import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { RunStateDot } from '@/components/training/run-state-dot';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import type { getRelease } from '@/lib/releases/release-queries';

type Run = Awaited<ReturnType<typeof getRelease>>['runs'][number];

/** The trainings of a release. */
export function ReleaseRuns({ workspace, runs }: { workspace: string; runs: Run[] }) {
  const t = useTranslations('releases.detail');
  return (
    <Section title={t('runs')}>
      {runs.length === 0 ? <p className="text-ink-3">{t('noRuns')}</p> : null}
      <ul className="grid w-fit grid-cols-[repeat(3,auto)] gap-x-4 gap-y-2">
        {runs.map((run) => (
          <li key={run.id} className="col-span-full grid grid-cols-subgrid items-center">
            <Link
              className="font-medium text-accent-ink hover:underline"
              href={`/w/${workspace}/runs/${run.id}`}
            >
              {t('run', { number: run.number })}
            </Link>
            <RunStateDot state={run.state} />
            <span className="text-13 text-ink-3">
              <RelativeTime value={run.createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
