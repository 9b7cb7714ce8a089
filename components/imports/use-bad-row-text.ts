import { useTranslations } from 'next-intl';
import type { BadReason } from '@/lib/imports/import-schema';

/** Why a row is bad, with the column that is to blame: "reply: Is empty". */
export function useBadRowText(): (reason: BadReason, column: string | null) => string {
  const t = useTranslations('imports.reasons');
  return (reason, column) => (column === null ? t(reason) : `${column}: ${t(reason)}`);
}
