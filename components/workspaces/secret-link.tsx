'use client';

import { useTranslations } from 'next-intl';
import { CopyButton } from '../ui/copy-button';
import { Field } from '../ui/field';
import { Input } from '../ui/input';

/** A link that is shown once: readable, selectable, copied with one click. */
export function SecretLink({ link }: { link: string }) {
  const t = useTranslations('people.link');
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Field label={t('label')} className="min-w-0 flex-1 basis-60">
        <Input
          readOnly
          dir="ltr"
          value={link}
          className="font-mono text-12"
          onFocus={(event) => event.currentTarget.select()}
        />
      </Field>
      <CopyButton text={link} label={t('copy')} size="medium" variant="primary" />
    </div>
  );
}
