'use client';

import { useTranslations } from 'next-intl';
import { type Role, roles } from '@/lib/permissions';
import { changeRoleAction } from '@/lib/workspaces/member-actions';
import type { MemberRow } from '@/lib/workspaces/member-queries';
import { useAct } from '../accounts/use-act';
import { Select } from '../ui/select';

/** A member's role; choosing another one changes it at once. */
export function RoleSelect({ member, workspace }: { member: MemberRow; workspace: string }) {
  const t = useTranslations('people');
  const tRole = useTranslations('frame.role');
  const { act, pending } = useAct();
  const change = (role: Role) => {
    if (role === member.role) return;
    void act(
      () => changeRoleAction({ workspace, userId: member.userId, role }),
      t('roleChanged', { name: member.name, role }),
    );
  };
  return (
    <Select
      aria-label={t('roleOf', { name: member.name })}
      size="small"
      className="w-32"
      disabled={pending}
      value={member.role}
      onValueChange={(value) => change(value as Role)}
      options={roles.map((role) => ({ value: role, label: tRole(role) }))}
    />
  );
}
