'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { revokeInvitationAction } from '@/lib/workspaces/invitation-actions';
import type { OpenInvitation } from '@/lib/workspaces/invitation-queries';
import { useAct } from '../accounts/use-act';
import { Button } from '../ui/button';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table';

export interface InvitationsTableProps {
  invitations: OpenInvitation[];
  workspace: string;
}

/** Invitations that nobody has accepted yet. */
export function InvitationsTable({ invitations, workspace }: InvitationsTableProps) {
  const t = useTranslations('people');
  const tRole = useTranslations('frame.role');
  const format = useFormatter();
  const { act, pending } = useAct();
  return (
    <Table label={t('invitations.label')}>
      <TableHead>
        <TableHeader>{t('invitations.email')}</TableHeader>
        <TableHeader>{t('role')}</TableHeader>
        <TableHeader>{t('invitations.invitedBy')}</TableHeader>
        <TableHeader>{t('invitations.expires')}</TableHeader>
        <TableHeader align="end">
          <span className="sr-only">{t('actions')}</span>
        </TableHeader>
      </TableHead>
      <TableBody>
        {invitations.map(({ id, email, role, invitedBy, expiresAt }) => (
          <TableRow key={id}>
            <TableCell header className="min-w-40 break-all">
              {email}
            </TableCell>
            <TableCell>{tRole(role)}</TableCell>
            <TableCell>{invitedBy.name}</TableCell>
            <TableCell className="whitespace-nowrap">
              {format.dateTime(expiresAt, 'moment')}
            </TableCell>
            <TableCell align="end">
              <Button
                size="small"
                variant="quiet"
                pending={pending}
                aria-label={t('invitations.withdrawOf', { email })}
                onClick={() =>
                  void act(
                    () => revokeInvitationAction({ workspace, invitationId: id }),
                    t('invitations.withdrawn', { email }),
                  )
                }
              >
                {t('invitations.withdraw')}
              </Button>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
