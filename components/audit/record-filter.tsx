'use client';

import { ListFilter } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { auditActions } from '@/lib/audit/action-names';
import { type RecordUrl, serializeRecordUrl } from '@/lib/audit/audit-url';
import { Button } from '../ui/button';
import { FilterChips } from '../ui/chips';
import { Combobox } from '../ui/combobox';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Popover } from '../ui/popover';

export interface RecordFilterProps {
  url: RecordUrl;
  people: { id: string; name: string }[];
}

const NOTHING = { person: null, action: null, subject: null, from: null, to: null } as const;

/** Whom, what and when the list is narrowed to; the address holds it. */
export function RecordFilter({ url, people }: RecordFilterProps) {
  const t = useTranslations('audit.filter');
  const router = useRouter();
  const path = usePathname();
  const set = (change: Partial<RecordUrl>) =>
    router.push(serializeRecordUrl(path, { ...url, at: null, ...change }));
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Popover
        title={t('label')}
        trigger={
          <Button size="small" icon={<ListFilter aria-hidden="true" />}>
            {t('label')}
          </Button>
        }
      >
        <RecordFilterFields url={url} people={people} onChange={set} />
      </Popover>
      <FilterChips
        chips={useChips({ url, people })}
        onRemove={(id) => set({ [id]: null })}
        onClear={() => set(NOTHING)}
      />
    </div>
  );
}

function RecordFilterFields({
  url,
  people,
  onChange,
}: RecordFilterProps & { onChange: (change: Partial<RecordUrl>) => void }) {
  const t = useTranslations('audit.filter');
  const options = useActionOptions();
  return (
    <div className="flex flex-col gap-3.5">
      <Field label={t('person')}>
        <Combobox
          placeholder={t('anybody')}
          value={url.person}
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
          onValueChange={(person) => onChange({ person })}
        />
      </Field>
      <Field label={t('action')}>
        <Combobox
          placeholder={t('anything')}
          value={url.action}
          options={options}
          onValueChange={(action) => onChange({ action })}
        />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label={t('from')}>
          <Input
            type="date"
            defaultValue={url.from ?? ''}
            max={url.to ?? undefined}
            onChange={(event) => onChange({ from: event.currentTarget.value || null })}
          />
        </Field>
        <Field label={t('to')}>
          <Input
            type="date"
            defaultValue={url.to ?? ''}
            min={url.from ?? undefined}
            onChange={(event) => onChange({ to: event.currentTarget.value || null })}
          />
        </Field>
      </div>
    </div>
  );
}

/** Whole kinds first, then every action, in the words of the table. */
function useActionOptions() {
  const t = useTranslations('audit');
  const domains = [...new Set(auditActions.map((action) => action.split('.')[0] ?? ''))];
  return [
    ...domains.map((domain) => ({ value: domain, label: t(`domains.${domain}` as never) })),
    ...auditActions.map((action) => ({
      value: action,
      label: t(`actions.${action}` as never),
      hint: t(`domains.${action.split('.')[0]}` as never),
    })),
  ];
}

function useChips({ url, people }: RecordFilterProps) {
  const t = useTranslations('audit');
  const format = useFormatter();
  // Days of the filter are UTC; so is what the chip says, wherever it is read.
  const dayOf = (day: string) =>
    format.dateTime(new Date(day), {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone: 'UTC',
    });
  const { person, action, subject, from, to } = url;
  const name = people.find(({ id }) => id === person)?.name ?? t('formerPerson');
  const actionName = action?.includes('.') ? `actions.${action}` : `domains.${action}`;
  return [
    ...(person ? [{ id: 'person', label: t('filter.chipPerson', { name }) }] : []),
    ...(action
      ? [
          {
            id: 'action',
            label: t('filter.chipAction', {
              name: t.has(actionName as never) ? t(actionName as never) : action,
            }),
          },
        ]
      : []),
    ...(subject ? [{ id: 'subject', label: t('filter.chipSubject') }] : []),
    ...(from ? [{ id: 'from', label: t('filter.chipFrom', { day: dayOf(from) }) }] : []),
    ...(to ? [{ id: 'to', label: t('filter.chipTo', { day: dayOf(to) }) }] : []),
  ];
}
