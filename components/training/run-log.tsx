import { useFormatter, useTranslations } from 'next-intl';
import type { LiveRun } from './use-run';

/** The settings and the log, folded. */
export function RunLog({ run }: { run: LiveRun }) {
  const t = useTranslations('training');
  const format = useFormatter();
  const { settings } = run.quote;
  return (
    <details>
      <summary className="w-fit cursor-pointer py-1 text-14 text-ink-2">{t('run.log')}</summary>
      <p className="py-1 text-13 text-ink-2">
        {t('run.epochs', {
          epochs: settings.epochs,
          learningRate: String(settings.learningRate),
          rank: settings.loraRank,
          seed: String(run.seed),
        })}
      </p>
      <ol className="flex flex-col gap-1 text-13">
        {run.events.map((event) => (
          <li key={event.id} className="flex gap-3">
            <time className="tabular text-ink-3" dateTime={event.at}>
              {format.dateTime(new Date(event.at), {
                hour: '2-digit',
                minute: '2-digit',
                second: '2-digit',
              })}
            </time>
            <span>{t(`events.${event.kind}` as never, (event.values ?? {}) as never)}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
