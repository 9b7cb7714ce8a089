'use client';

import { useTranslations } from 'next-intl';
import { renameSelfAction } from '@/lib/accounts/account-actions';
import { RenameForm } from './rename-form';

/** What the person is called. */
export function NameForm({ name }: { name: string }) {
  const t = useTranslations('accounts');
  return (
    <RenameForm
      name={name}
      label={t('name')}
      hint={t('nameHint')}
      autoComplete="name"
      submitLabel={t('account.saveName')}
      savedText={t('account.nameSaved')}
      action={renameSelfAction}
    />
  );
}
