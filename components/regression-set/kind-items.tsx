import { useFormatter, useTranslations } from 'next-intl';
import { promptText } from '@/lib/examples/content';
import type { RegressionItems } from '@/lib/regression-set/item-queries';
import {
  phrasesOf,
  type RegressionItem,
  type RegressionKind,
} from '@/lib/regression-set/regression-schema';
import { Section } from '../ui/section';
import { RetireItem } from './retire-item';

export interface KindItemsProps {
  workspace: string;
  kind: RegressionKind;
  shipped: readonly RegressionItem[];
  own: RegressionItems['own'];
}

/** The items of one kind: what ships, folded, and the workspace's own. */
export function KindItems({ workspace, kind, shipped, own }: KindItemsProps) {
  const t = useTranslations('regression');
  const name = t(`kinds.${kind}`);
  return (
    <Section title={name} description={t(`about.${kind}`)}>
      <details>
        <summary className="min-h-6 w-fit cursor-pointer rounded-control py-1 text-14 text-ink-2">
          {t('settings.shipped', { count: shipped.length })}
        </summary>
        <ul className="flex flex-col gap-3 py-2">
          {shipped.map((item) => (
            <li key={item.id} className="flex flex-col">
              <ItemText item={item} />
            </li>
          ))}
        </ul>
      </details>
      {own.length === 0 ? (
        <p className="text-14 text-ink-3">{t('settings.none')}</p>
      ) : (
        <ul aria-label={t('settings.ownOf', { kind: name })} className="flex flex-col">
          {own.map(({ item, retiredAt }) => (
            <li
              key={item.id}
              className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 border-t py-3"
            >
              <div className="flex min-w-0 flex-1 basis-52 flex-col">
                <ItemText item={item} />
              </div>
              {retiredAt ? (
                <span className="text-13 text-ink-3">{t('settings.retired')}</span>
              ) : (
                <RetireItem
                  workspace={workspace}
                  itemId={item.id}
                  prompt={promptText(item).slice(0, 80)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** What is asked, and the phrases that decide. */
function ItemText({ item }: { item: RegressionItem }) {
  const format = useFormatter();
  const phrases = phrasesOf(item);
  return (
    <>
      <p dir="auto" translate="no" className="whitespace-pre-wrap break-words text-14">
        {promptText(item)}
      </p>
      {phrases.length > 0 ? (
        <p dir="auto" translate="no" className="break-words text-12 text-ink-3">
          {format.list(phrases, { type: 'unit' })}
        </p>
      ) : null}
    </>
  );
}
