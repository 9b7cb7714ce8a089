'use client';

import { ListFilter } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { exampleStatuses } from '@/lib/examples/example-rules';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { Combobox } from '../ui/combobox';
import { Field } from '../ui/field';
import { Popover } from '../ui/popover';
import { Switch } from '../ui/switch';
import { useExamples } from './examples-context';
import type { ExamplesAddress } from './use-examples-url';
import { useRuleOptions } from './use-rule-name';

/** Stands for "no topic" in the list of topics, where an empty value would mean no choice. */
const NO_TOPIC = '\u0000';

/** Everything that the list can be narrowed by. */
export function FilterMenu({ address }: { address: ExamplesAddress }) {
  const t = useTranslations('examples');
  const { choices } = useExamples();
  const rules = useRuleOptions();
  const { url, setFilter } = address;
  const withCount = (label: string, count: number) => ({ label, hint: t('count', { count }) });
  return (
    <Popover
      trigger={
        <Button size="small" icon={<ListFilter aria-hidden="true" />}>
          <span className="max-sm:sr-only">{t('filter')}</span>
        </Button>
      }
      title={t('filterTitle')}
    >
      <div className="flex flex-col gap-3.5">
        <StatusField address={address} />
        <Field label={t('columns.topic')}>
          <Combobox
            placeholder={t('any')}
            value={url.topic === '' ? NO_TOPIC : url.topic}
            options={choices.topics.map(({ value, count }) => ({
              value: value ?? NO_TOPIC,
              ...withCount(value ?? t('noTopic'), count),
            }))}
            onValueChange={(topic) => setFilter({ topic: topic === NO_TOPIC ? '' : topic })}
          />
        </Field>
        {choices.tags.length > 0 ? (
          <Field label={t('columns.tag')}>
            <Combobox
              placeholder={t('any')}
              value={url.tag}
              options={choices.tags.map(({ value, count }) => ({
                value,
                ...withCount(value, count),
              }))}
              onValueChange={(tag) => setFilter({ tag })}
            />
          </Field>
        ) : null}
        <Field label={t('columns.author')}>
          <Combobox
            placeholder={t('anybody')}
            value={url.author}
            options={choices.authors.map(({ id, name, count }) => ({
              value: id,
              ...withCount(name, count),
            }))}
            onValueChange={(author) => setFilter({ author })}
          />
        </Field>
        <Field label={t('breaksRule')}>
          <Combobox
            placeholder={t('any')}
            value={url.rule}
            options={rules}
            onValueChange={(rule) => setFilter({ rule })}
          />
        </Field>
        <Switch
          label={t('hasBlocker')}
          checked={url.blocker === true}
          onCheckedChange={(on) => setFilter({ blocker: on ? true : null })}
        />
      </div>
    </Popover>
  );
}

function StatusField({ address }: { address: ExamplesAddress }) {
  const t = useTranslations('examples');
  const chosen = address.url.status ?? [];
  return (
    <fieldset>
      <legend className="mb-1.5 text-13 font-medium">{t('columns.status')}</legend>
      <div className="grid grid-cols-2 gap-1.5">
        {exampleStatuses.map((status) => (
          <Checkbox
            key={status}
            label={t(`status.${status}`)}
            checked={chosen.includes(status)}
            onCheckedChange={(on) => {
              const next = exampleStatuses.filter((one) =>
                one === status ? on : chosen.includes(one),
              );
              address.setFilter({ status: next.length > 0 ? next : null });
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}
