import { getTranslations } from 'next-intl/server';
import { SimpleFrame } from '@/components/frame/simple-frame';
import { Callout } from '@/components/ui/callout';
import { requestIsSecureEnough } from '@/lib/accounts/peer-address';
import { env } from '@/lib/env';

/** Pages for people who are not signed in yet. */
export default async function AuthLayout({ children }: { children: React.ReactNode }) {
  const t = await getTranslations('accounts');
  if (await requestIsSecureEnough()) return <SimpleFrame>{children}</SimpleFrame>;
  return (
    <SimpleFrame>
      <Callout kind="warning" title={<h1>{t('insecure.title')}</h1>}>
        {t('insecure.text', { appUrl: env().APP_URL })}
      </Callout>
    </SimpleFrame>
  );
}
