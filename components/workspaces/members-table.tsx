import { useTranslations } from 'next-intl';
import type { MemberRow } from '@/lib/workspaces/member-queries';
import { Avatar } from '../ui/avatar';
import { Badge } from '../ui/badge';
import { RelativeTime } from '../ui/relative-time';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table';
import { MemberMenu } from './member-menu';
import { RoleSelect } from './role-select';

export interface MembersTableProps {
  members: MemberRow[];
  workspace: string;
  canManage: boolean;
}

/** Everybody in the workspace: role, since when, last seen. */
export function MembersTable({ members, workspace, canManage }: MembersTableProps) {
  const t = useTranslations('people');
  const tRole = useTranslations('frame.role');
  return (
    <Table label={t('membersLabel')}>
      <TableHead>
        <TableHeader>{t('name')}</TableHeader>
        <TableHeader>{t('role')}</TableHeader>
        <TableHeader className="max-md:hidden">{t('joined')}</TableHeader>
        <TableHeader className="max-sm:hidden">{t('lastSeen')}</TableHeader>
        {canManage ? (
          <TableHeader align="end">
            <span className="sr-only">{t('actions')}</span>
          </TableHeader>
        ) : null}
      </TableHead>
      <TableBody>
        {members.map((member) => (
          <TableRow key={member.userId}>
            <TableCell header>
              <MemberName member={member} />
            </TableCell>
            <TableCell>
              {canManage ? (
                <RoleSelect member={member} workspace={workspace} />
              ) : (
                tRole(member.role)
              )}
            </TableCell>
            <TableCell className="max-md:hidden">
              <RelativeTime value={member.joinedAt} />
            </TableCell>
            <TableCell className="max-sm:hidden">
              {member.lastSeenAt ? (
                <RelativeTime value={member.lastSeenAt} />
              ) : (
                <span className="text-ink-3">{t('never')}</span>
              )}
            </TableCell>
            {canManage ? (
              <TableCell align="end">
                <MemberMenu member={member} workspace={workspace} />
              </TableCell>
            ) : null}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function MemberName({ member }: { member: MemberRow }) {
  const t = useTranslations('people');
  return (
    <span className="flex min-w-32 items-center gap-2.5">
      <span className="max-sm:hidden">
        <Avatar name={member.name} />
      </span>
      <span className="min-w-0">
        <span className="flex flex-wrap items-center gap-x-2 font-medium">
          <span className="wrap-anywhere">{member.name}</span>
          {member.isSelf ? <span className="font-normal text-ink-3">{t('you')}</span> : null}
          {member.disabledAt ? <Badge tone="muted">{t('closed')}</Badge> : null}
        </span>
        {member.email ? (
          <span dir="ltr" className="block text-12 wrap-anywhere text-ink-3">
            {member.email}
          </span>
        ) : null}
      </span>
    </span>
  );
}
