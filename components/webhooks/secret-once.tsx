'use client';

import { useTranslations } from 'next-intl';
import { Button } from '../ui/button';
import { Dialog, DialogClose } from '../ui/dialog';
import { SecretField } from '../ui/secret-field';

export interface SecretOnceProps {
  host: string;
  secret: string;
  onClose: () => void;
}

/** A signing secret at the only time that it is shown. */
export function SecretOnce({ host, secret, onClose }: SecretOnceProps) {
  const t = useTranslations('webhooks.secret');
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('shownTitle', { host })}
      description={t('shownText')}
      footer={<DialogClose render={<Button>{t('done')}</Button>} />}
    >
      <SecretField label={t('label')} value={secret} copyLabel={t('copy')} />
    </Dialog>
  );
}
