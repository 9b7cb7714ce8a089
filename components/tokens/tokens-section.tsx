'use client';

import { useTranslations } from 'next-intl';
import { revokeApiTokenAction } from '@/lib/tokens/token-actions';
import type { TokenRow } from '@/lib/tokens/token-queries';
import { useAct } from '../accounts/use-act';
import { AlertDialog } from '../ui/alert-dialog';
import { Button, LinkButton } from '../ui/button';
import { RelativeTime } from '../ui/relative-time';
import { Section } from '../ui/section';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table';
import { CreateToken } from './create-token';

export interface TokensSectionProps {
  workspace: string;
  tokens: TokenRow[];
}

/** The access tokens that the viewer may see, the making of one and the taking back. */
export function TokensSection({ workspace, tokens }: TokensSectionProps) {
  const t = useTranslations('tokens');
  return (
    <Section
      title={t('title')}
      description={t('description')}
      actions={
        <>
          <LinkButton size="small" href={`/w/${workspace}/settings/reference`}>
            {t('reference')}
          </LinkButton>
          <CreateToken workspace={workspace} />
        </>
      }
    >
      {tokens.length === 0 ? (
        <p className="text-ink-3">{t('empty')}</p>
      ) : (
        <Table label={t('title')}>
          <TableHead>
            <TableHeader>{t('columns.name')}</TableHeader>
            <TableHeader className="max-sm:hidden">{t('columns.owner')}</TableHeader>
            <TableHeader className="max-sm:hidden">{t('columns.lastUsed')}</TableHeader>
            <TableHeader>{t('columns.ends')}</TableHeader>
            <TableHeader align="end">
              <span className="sr-only">{t('columns.actions')}</span>
            </TableHeader>
          </TableHead>
          <TableBody>
            {tokens.map((token) => (
              <Row key={token.id} workspace={workspace} token={token} />
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  );
}

function Row({ workspace, token }: { workspace: string; token: TokenRow }) {
  const t = useTranslations('tokens');
  const { act } = useAct();
  return (
    <TableRow>
      <TableCell header>
        {token.name} <span className="font-mono text-12 text-ink-3">{token.prefix}…</span>
      </TableCell>
      <TableCell className="max-sm:hidden">{token.owner}</TableCell>
      <TableCell className="max-sm:hidden">
        {token.lastUsedAt ? <RelativeTime value={token.lastUsedAt} /> : t('never')}
      </TableCell>
      <TableCell>
        {token.state === 'active' ? (
          <RelativeTime value={token.expiresAt} />
        ) : (
          t(`states.${token.state}`)
        )}
      </TableCell>
      <TableCell align="end">
        {token.state === 'active' ? (
          <AlertDialog
            trigger={
              <Button
                size="small"
                variant="quiet"
                className="whitespace-nowrap"
                aria-label={t('revokeOf', { name: token.name })}
              >
                {t('revoke')}
              </Button>
            }
            title={t('revokeTitle', { name: token.name })}
            effect={t('revokeEffect')}
            confirmLabel={t('revokeConfirm')}
            onConfirm={() =>
              act(() => revokeApiTokenAction({ workspace, tokenId: token.id }), t('revoked'))
            }
          />
        ) : null}
      </TableCell>
    </TableRow>
  );
}
