'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { z } from 'zod';

/** The first thing that is wrong with what a form holds, and its sentence beside its field. */
export function useFault(schema: z.ZodType) {
  const t = useTranslations('regression.faults');
  const [fault, setFault] = useState<{ field: string; key: string } | null>(null);
  return {
    isFaulty(input: object): boolean {
      const [issue] = schema.safeParse(input).error?.issues ?? [];
      setFault(
        issue
          ? {
              field: String(issue.path[0]),
              key: issue.code === 'too_big' ? 'tooLong' : issue.message,
            }
          : null,
      );
      return issue !== undefined;
    },
    errorOf: (field: string): string | undefined =>
      fault?.field === field ? t(fault.key as never) : undefined,
  };
}
