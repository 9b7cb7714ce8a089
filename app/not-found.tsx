import { connection } from 'next/server';
import { getTranslations } from 'next-intl/server';
import { SimpleFrame } from '@/components/frame/simple-frame';
import { LinkButton } from '@/components/ui/button';

export default async function NotFound() {
  // Also this page has to be rendered per request, or its scripts would carry no nonce.
  await connection();
  const t = await getTranslations('frame.notFound');
  return (
    <SimpleFrame>
      <h1 className="text-20 font-semibold text-balance">{t('title')}</h1>
      <p className="mt-2 text-14 text-pretty text-ink-2">{t('description')}</p>
      <LinkButton href="/" variant="primary" className="mt-5">
        {t('action')}
      </LinkButton>
    </SimpleFrame>
  );
}
