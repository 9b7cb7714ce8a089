'use client';

import { useTranslations } from 'next-intl';
import { SecretField } from '../ui/secret-field';

/** A link that is shown once. */
export function SecretLink({ link }: { link: string }) {
  const t = useTranslations('people.link');
  return <SecretField label={t('label')} value={link} copyLabel={t('copy')} />;
}
