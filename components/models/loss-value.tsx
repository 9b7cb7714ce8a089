import { useFormatter, useTranslations } from 'next-intl';

/** A mean loss per token with three digits, or a dash where nothing was measured. */
export function LossValue({ value }: { value: number | null }) {
  const t = useTranslations('models');
  const format = useFormatter();
  if (value === null) return t('none');
  return format.number(value, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
}
