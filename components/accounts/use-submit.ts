'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import type { Result, ResultError } from '@/lib/result';

export interface Submit<I> {
  pending: boolean;
  /** Field name → sentence. */
  fieldErrors: Record<string, string>;
  /** A sentence about the whole form. */
  formError?: string | undefined;
  submit: (input: I) => Promise<void>;
}

const none = { fieldErrors: {} as Record<string, string>, formError: undefined };

/**
 * Sends a form's values to an action and keeps what it answers. Whatever was typed stays in the
 * fields; a lost connection is said like any other failure. Field errors are keys of `accounts`.
 */
export function useSubmit<I, T>(
  action: (input: I) => Promise<Result<T>>,
  onDone: (data: T) => void,
): Submit<I> {
  const t = useTranslations('accounts');
  const [state, setState] = useState<{
    fieldErrors: Record<string, string>;
    formError?: string | undefined;
  }>(none);
  const [pending, setPending] = useState(false);
  const running = useRef(false);
  const explain = (error: ResultError) => {
    const entries = Object.entries(error.fieldErrors ?? {}).map(([field, key]) => [
      field,
      t.has(key as never) ? t(key as never) : t('fields.invalid'),
    ]);
    return {
      fieldErrors: Object.fromEntries(entries) as Record<string, string>,
      formError: entries.length > 0 ? undefined : error.message,
    };
  };
  const submit = async (input: I) => {
    if (running.current) return;
    running.current = true;
    setPending(true);
    try {
      const result = await action(input);
      setState(result.ok ? none : explain(result.error));
      if (result.ok) onDone(result.data);
    } catch {
      setState({ fieldErrors: {}, formError: t('errors.network') });
    } finally {
      setPending(false);
      running.current = false;
    }
  };
  return { ...state, pending, submit };
}

/** The values of a form's named fields, as text. */
export function formValues<K extends string>(
  form: HTMLFormElement,
  ...names: K[]
): Record<K, string> {
  const data = new FormData(form);
  return Object.fromEntries(names.map((name) => [name, String(data.get(name) ?? '')])) as Record<
    K,
    string
  >;
}

/** Leaves for another page with a full load, so that nothing of the former person stays. */
export function leaveFor({ path }: { path: string }): void {
  window.location.assign(path);
}
