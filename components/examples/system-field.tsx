'use client';

import { useTranslations } from 'next-intl';
import { HiddenView } from '../checks/hidden-view';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Textarea } from '../ui/textarea';
import { useExamples } from './examples-context';
import { leaveOnEscape } from './text-fields';

export interface SystemFieldProps {
  value: string | undefined;
  isLocked: boolean;
  onChange: (value: string | undefined) => void;
  onBlur: () => void;
}

/** The system message: the brief's, or one of this example's own. */
export function SystemField({ value, isLocked, onChange, onBlur }: SystemFieldProps) {
  const t = useTranslations('examples');
  const { brief } = useExamples();
  if (value === undefined)
    return (
      <section aria-label={t('panel.system')} className="flex flex-wrap items-center gap-x-2">
        <p className="text-13 text-ink-3">{t('panel.systemOfBrief')}</p>
        {isLocked ? null : (
          <Button size="small" variant="quiet" onClick={() => onChange(brief?.systemPrompt ?? '')}>
            {t('panel.ownSystem')}
          </Button>
        )}
      </section>
    );
  return (
    <div className="flex flex-col items-start gap-1">
      <Field className="w-full" label={t('panel.system')} hint={t('panel.systemHint')}>
        <Textarea
          rows={3}
          readOnly={isLocked}
          value={value}
          className="max-w-reading"
          onBlur={onBlur}
          onKeyDown={leaveOnEscape}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </Field>
      <HiddenView text={value} />
      {isLocked ? null : (
        <Button size="small" variant="quiet" onClick={() => onChange(undefined)}>
          {t('panel.useBrief')}
        </Button>
      )}
    </div>
  );
}
