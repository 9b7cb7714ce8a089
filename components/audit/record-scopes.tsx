import { useTranslations } from 'next-intl';
import { recordScopes } from '@/lib/audit/audit-schema';
import { type RecordUrl, serializeRecordUrl } from '@/lib/audit/audit-url';
import { LinkButton } from '../ui/button';

/** The workspace's own entries, or the sign-ins and accounts of its people. */
export function RecordScopes({ base, url }: { base: string; url: RecordUrl }) {
  const t = useTranslations('audit.scopes');
  return (
    <nav aria-label={t('label')} className="flex flex-wrap gap-1">
      {recordScopes.map((scope) => (
        <LinkButton
          key={scope}
          size="small"
          variant={scope === url.scope ? 'secondary' : 'quiet'}
          aria-current={scope === url.scope ? 'page' : undefined}
          href={serializeRecordUrl(base, { ...url, scope, action: null, at: null })}
        >
          {t(scope)}
        </LinkButton>
      ))}
    </nav>
  );
}
