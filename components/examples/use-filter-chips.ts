'use client';

import { useTranslations } from 'next-intl';
import { useExamples } from './examples-context';
import type { ExamplesAddress } from './use-examples-url';
import { useRuleName } from './use-rule-name';

/** The filters that are on, in words. */
export function useFilterChips({ url, setFilter }: ExamplesAddress) {
  const t = useTranslations('examples');
  const { choices } = useExamples();
  const ruleName = useRuleName();
  const status = url.status?.map((value) => t(`status.${value}`)).join(', ');
  const author = choices.authors.find(({ id }) => id === url.author)?.name;
  const chips = [
    ...(status ? [{ id: 'status', label: t('chips.status', { value: status }) }] : []),
    ...(url.topic === null
      ? []
      : [{ id: 'topic', label: t('chips.topic', { value: url.topic || t('noTopic') }) }]),
    ...(url.tag ? [{ id: 'tag', label: t('chips.tag', { value: url.tag }) }] : []),
    ...(url.author
      ? [{ id: 'author', label: t('chips.author', { value: author ?? t('somebody') }) }]
      : []),
    ...(url.rule ? [{ id: 'rule', label: t('chips.rule', { value: ruleName(url.rule) }) }] : []),
    ...(url.blocker ? [{ id: 'blocker', label: t('chips.blocker') }] : []),
    ...(url.import ? [{ id: 'importId', label: t('chips.import') }] : []),
    ...(url.q ? [{ id: 'q', label: t('chips.q', { value: url.q }) }] : []),
  ];
  return { chips, remove: (id: string) => setFilter({ [id]: null }) };
}
