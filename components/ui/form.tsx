'use client';

import { FormErrorSummary } from './form-error-summary';

export interface FormProps {
  /** Field name → sentence; left out where a single field says it itself. */
  errors?: Record<string, string> | undefined;
  /** A sentence about the whole form. */
  formError?: string | undefined;
  onSubmit: (form: HTMLFormElement) => void;
  className?: string;
  children: React.ReactNode;
}

/** A form whose answer comes from an action: what was refused stands above its fields. */
export function Form({ errors = {}, formError, onSubmit, className, children }: FormProps) {
  return (
    <form
      noValidate
      className={className ?? 'flex flex-col gap-4'}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(event.currentTarget);
      }}
    >
      <FormErrorSummary errors={errors} formError={formError} />
      {children}
    </form>
  );
}
