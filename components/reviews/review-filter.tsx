'use client';

import { useTranslations } from 'next-intl';
import type { QueueFilter } from '@/lib/reviews/review-schema';
import { Combobox } from '../ui/combobox';
import { SegmentedControl } from '../ui/segmented-control';

export interface ReviewFilterProps {
  filter: QueueFilter;
  /** What waits, by topic ('' = without one). */
  topics: { topic: string; count: number }[];
  onChange: (filter: QueueFilter) => void;
}

const ALL = 'all';
const topicValue = (topic: string) => `topic:${topic}`;

/** One topic or all of them, oldest first or taking turns. */
export function ReviewFilter({ filter, topics, onChange }: ReviewFilterProps) {
  const t = useTranslations('reviews');
  const known = topics.some((one) => one.topic === filter.topic);
  const listed =
    filter.topic === null || known ? topics : [...topics, { topic: filter.topic, count: 0 }];
  const options = [
    { value: ALL, label: t('filter.allTopics') },
    ...listed.map(({ topic, count }) => ({
      value: topicValue(topic),
      label: topic === '' ? t('noTopic') : topic,
      hint: t('filter.topicCount', { count }),
    })),
  ];
  return (
    <search aria-label={t('filter.label')} className="flex items-center gap-2 max-sm:w-full">
      {topics.length > 1 || filter.topic !== null ? (
        <Combobox
          aria-label={t('filter.topic')}
          className="w-52 max-sm:w-0 max-sm:min-w-0 max-sm:grow"
          options={options}
          value={filter.topic === null ? ALL : topicValue(filter.topic)}
          onValueChange={(value) =>
            onChange({
              ...filter,
              topic: value === null || value === ALL ? null : value.slice('topic:'.length),
            })
          }
        />
      ) : null}
      {topics.length > 1 && filter.topic === null ? (
        <SegmentedControl
          label={t('filter.order')}
          value={filter.order}
          options={[
            { value: 'oldest', label: t('filter.oldest') },
            { value: 'mixed', label: t('filter.mixed') },
          ]}
          onValueChange={(order) => onChange({ ...filter, order })}
        />
      ) : null}
    </search>
  );
}
