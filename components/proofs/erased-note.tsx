import { useTranslations } from 'next-intl';
import { Callout } from '../ui/callout';

/** Says how many rows of a proof an erasure touched; nothing where none. */
export function ErasedNote({ count }: { count: number }) {
  const t = useTranslations('lineage.marks');
  return count > 0 ? <Callout kind="warning">{t('proof', { count })}</Callout> : null;
}
