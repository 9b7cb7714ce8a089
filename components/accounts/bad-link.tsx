import { useTranslations } from 'next-intl';
import { LinkButton } from '../ui/button';
import { AuthCard } from './auth-card';
import { adminLinkCommand } from './command-line';

/** A link that was used, withdrawn or is too old: why, and what to do. */
export function BadLink({ kind }: { kind: 'setup' | 'link' | 'reset' | 'invite' }) {
  const t = useTranslations('accounts.badLink');
  return (
    <AuthCard title={t('title')} description={t.rich(kind, adminLinkCommand)}>
      <LinkButton href="/sign-in" size="large">
        {t('action')}
      </LinkButton>
    </AuthCard>
  );
}
