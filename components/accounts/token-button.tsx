'use client';

import type { Result } from '@/lib/result';
import { Button } from '../ui/button';
import { FormErrorSummary } from '../ui/form-error-summary';
import { leaveFor, useSubmit } from './use-submit';

export interface TokenButtonProps {
  token: string;
  action: (input: { token: string }) => Promise<Result<{ path: string }>>;
  label: string;
}

/** Uses a link up. A button, because opening a page must not use up anything. */
export function TokenButton({ token, action, label }: TokenButtonProps) {
  const { submit, pending, formError } = useSubmit(action, leaveFor);
  return (
    <div className="flex flex-col gap-4">
      <FormErrorSummary errors={{}} formError={formError} />
      <Button
        variant="primary"
        size="large"
        pending={pending}
        onClick={() => void submit({ token })}
      >
        {label}
      </Button>
    </div>
  );
}
