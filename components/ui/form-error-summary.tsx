'use client';

import { OctagonAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';

export interface FormErrorSummaryProps {
  /** Field name → sentence. Fields that are named `Field name=…` get a link. */
  errors: Record<string, string>;
  /** A sentence about the whole form. */
  formError?: string | undefined;
}

/** What a field of the page is called, without what stands small behind it. */
function labelOf(name: string): string | undefined {
  const field = document.getElementsByName(name)[0];
  const hasLabels = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
  return (hasLabels && field.labels?.[0]?.firstChild?.textContent) || undefined;
}

/** Takes the focus when errors arrive and leads to each field. Shows nothing without errors. */
export function FormErrorSummary({ errors, formError }: FormErrorSummaryProps) {
  const t = useTranslations('ui');
  const box = useRef<HTMLDivElement>(null);
  const [labels, setLabels] = useState<Record<string, string | undefined>>({});
  const entries = Object.entries(errors);
  const fingerprint = JSON.stringify([entries, formError]);
  const count = entries.length + (formError ? 1 : 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new answer takes the focus
  useEffect(() => {
    setLabels(Object.fromEntries(entries.map(([name]) => [name, labelOf(name)])));
    if (count > 0) box.current?.focus();
  }, [fingerprint]);
  if (count === 0) return null;
  const lead = (name: string) => {
    const named = document.getElementsByName(name)[0];
    const hidden = named instanceof HTMLInputElement && named.ariaHidden === 'true';
    const control = hidden
      ? named.parentElement?.querySelector<HTMLElement>('button, [tabindex="0"]')
      : named;
    control?.focus();
  };
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="flex items-start gap-2.5 rounded-control bg-negative-soft px-3 py-2.5 text-14 forced-colors:border"
    >
      <OctagonAlert aria-hidden="true" className="mt-0.5 text-negative" />
      <div className="min-w-0">
        {entries.length > 0 ? (
          <p className="font-medium">{t('errorSummaryTitle', { count })}</p>
        ) : null}
        {formError ? <p>{formError}</p> : null}
        <ul className="mt-1 flex flex-col gap-0.5 empty:hidden">
          {entries.map(([name, text]) => (
            <li key={name}>
              <button
                type="button"
                className="min-h-6 rounded-[4px] text-start underline decoration-current/40 underline-offset-3 hover:decoration-current"
                onClick={() => lead(name)}
              >
                {labels[name] ? t('errorSummaryItem', { field: labels[name], text }) : text}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
