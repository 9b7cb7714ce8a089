import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { MarkRow } from '@/lib/wrong-answers/wrong-answer-queries';
import { Section } from '../ui/section';

type Props = { workspace: string; modelId: string; count: number; marks: MarkRow[] };

/** The marked answers of a model, each with the way to what may have taught it. */
export function MarkedList({ workspace, modelId, count, marks }: Props) {
  const t = useTranslations('wrongAnswers.list');
  if (count === 0) return null;
  return (
    <Section title={t('title')} description={t('description', { count })}>
      <ul className="flex flex-col gap-1 text-14">
        {marks.map(({ exampleId, number, topic }) => (
          <li key={exampleId} className="flex flex-wrap gap-x-3">
            <Link
              prefetch={false}
              className="text-accent-ink hover:underline"
              href={`/w/${workspace}/models/${modelId}/wrong/${exampleId}`}
            >
              {t('item', { number })}
            </Link>
            {topic ? (
              <span dir="auto" className="text-ink-3">
                {topic}
              </span>
            ) : null}
          </li>
        ))}
        {count > marks.length ? (
          <li className="text-ink-3">{t('more', { count: count - marks.length })}</li>
        ) : null}
      </ul>
    </Section>
  );
}
