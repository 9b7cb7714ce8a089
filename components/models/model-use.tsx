import { useTranslations } from 'next-intl';
import type { ModelUseRow } from '@/lib/models/use-queries';
import type { Standing } from '@/lib/regression-set/comparison-rules';
import { RelativeTime } from '../ui/relative-time';
import { Section } from '../ui/section';
import { PutInUse } from './put-in-use';
import { TakeOutOfUse } from './take-out-of-use';

export interface ModelUseProps {
  workspace: string;
  model: { id: string; name: string };
  uses: ModelUseRow[];
  /** The model of the same dataset that is in use. */
  current: { id: string; name: string } | null;
  standing: Standing;
  canDecide: boolean;
}

/** Whether a model is in use, who decided it and why; and the times before. */
export function ModelUse(props: ModelUseProps) {
  const { workspace, model, uses, current, standing, canDecide } = props;
  const t = useTranslations('models.use');
  const now = uses.find((use) => use.endedAt === null);
  const before = uses.filter((use) => use.endedAt !== null);
  const action = now ? (
    <TakeOutOfUse workspace={workspace} modelId={model.id} />
  ) : (
    <PutInUse workspace={workspace} model={model} standing={standing} replaces={current} />
  );
  return (
    <Section
      title={t('title')}
      description={t('description')}
      actions={canDecide ? action : undefined}
    >
      {now ? <Use use={now} /> : <p className="text-14 text-ink-2">{t('not')}</p>}
      {before.length > 0 ? (
        <details>
          <summary className="min-h-6 w-fit cursor-pointer text-13 text-ink-3">
            {t('earlier', { count: before.length })}
          </summary>
          <div className="flex flex-col gap-2 py-2">
            {before.map((use) => (
              <Use key={use.id} use={use} />
            ))}
          </div>
        </details>
      ) : null}
    </Section>
  );
}

function Use({ use }: { use: ModelUseRow }) {
  const t = useTranslations('models.use');
  const name = use.by ?? t('somebody');
  return (
    <div className="max-w-reading text-14">
      <p>
        {use.endedAt
          ? t.rich('was', {
              name,
              from: () => <RelativeTime value={use.at} />,
              to: () => <RelativeTime value={use.endedAt ?? ''} />,
            })
          : t.rich('since', { name, time: () => <RelativeTime value={use.at} /> })}{' '}
        {t(`why.${use.standing}`)}
      </p>
      {use.isErased ? (
        <p className="text-ink-3">{t('erased')}</p>
      ) : use.reason ? (
        <p dir="auto" className="break-words text-ink-2">
          {t('reasonOf', { reason: use.reason })}
        </p>
      ) : null}
    </div>
  );
}
