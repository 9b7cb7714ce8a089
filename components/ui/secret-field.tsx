'use client';

import { CopyButton } from './copy-button';
import { Field } from './field';
import { Input } from './input';

export interface SecretFieldProps {
  label: string;
  value: string;
  copyLabel: string;
}

/** Something that is shown once: readable, selected whole, copied with one click. */
export function SecretField({ label, value, copyLabel }: SecretFieldProps) {
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Field label={label} className="min-w-0 flex-1 basis-60">
        <Input
          readOnly
          dir="ltr"
          value={value}
          className="font-mono text-12"
          onFocus={(event) => event.currentTarget.select()}
        />
      </Field>
      <CopyButton text={value} label={copyLabel} size="medium" variant="primary" />
    </div>
  );
}
