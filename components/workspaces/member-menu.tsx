'use client';

import { KeyRound, LockKeyhole, LockKeyholeOpen, MoreHorizontal, UserMinus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import {
  createResetLinkAction,
  disableAccountAction,
  enableAccountAction,
  leaveWorkspaceAction,
  removeMemberAction,
} from '@/lib/workspaces/member-actions';
import type { MemberRow } from '@/lib/workspaces/member-queries';
import { useAct } from '../accounts/use-act';
import { leaveFor } from '../accounts/use-submit';
import { AlertDialog } from '../ui/alert-dialog';
import { Button } from '../ui/button';
import { Dialog, DialogClose } from '../ui/dialog';
import { IconButton } from '../ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu';
import { SecretLink } from './secret-link';

type Asking = 'remove' | 'leave' | 'disable' | null;

/** What an admin may do with one member. */
export function MemberMenu({ member, workspace }: { member: MemberRow; workspace: string }) {
  const t = useTranslations('people');
  const { act } = useAct();
  const [asking, setAsking] = useState<Asking>(null);
  const [reset, setReset] = useState<{ link: string; expiresAt: Date } | null>(null);
  const { name, userId, isSelf, canManageAccount, disabledAt } = member;
  const target = { workspace, userId };
  const confirm = {
    remove: () => act(() => removeMemberAction(target), t('remove.done', { name })),
    leave: () => act(() => leaveWorkspaceAction({ workspace }), leaveFor),
    disable: () => act(() => disableAccountAction(target), t('disable.done', { name })),
  };
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton
            size="small"
            label={t('actionsFor', { name })}
            icon={<MoreHorizontal aria-hidden="true" />}
          />
        }
      >
        {canManageAccount && !isSelf && !disabledAt ? (
          <MenuItem
            icon={<KeyRound aria-hidden="true" />}
            onClick={() => void act(() => createResetLinkAction(target), setReset)}
          >
            {t('reset.item')}
          </MenuItem>
        ) : null}
        {canManageAccount && disabledAt ? (
          <MenuItem
            icon={<LockKeyholeOpen aria-hidden="true" />}
            onClick={() => void act(() => enableAccountAction(target), t('enable.done', { name }))}
          >
            {t('enable.item')}
          </MenuItem>
        ) : null}
        {canManageAccount && !isSelf ? <MenuSeparator /> : null}
        {canManageAccount && !isSelf && !disabledAt ? (
          <MenuItem
            tone="danger"
            icon={<LockKeyhole aria-hidden="true" />}
            onClick={() => setAsking('disable')}
          >
            {t('disable.item')}
          </MenuItem>
        ) : null}
        <MenuItem
          tone="danger"
          icon={<UserMinus aria-hidden="true" />}
          onClick={() => setAsking(isSelf ? 'leave' : 'remove')}
        >
          {t(isSelf ? 'leave.item' : 'remove.item')}
        </MenuItem>
      </Menu>
      {asking ? (
        <AlertDialog
          open
          onOpenChange={() => setAsking(null)}
          title={t(`${asking}.title`, { name })}
          effect={t(`${asking}.effect`, { name })}
          confirmLabel={t(`${asking}.confirm`, { name })}
          onConfirm={confirm[asking]}
        />
      ) : null}
      {reset ? (
        <Dialog
          open
          onOpenChange={() => setReset(null)}
          title={t('reset.title', { name })}
          description={t('reset.text', { date: reset.expiresAt })}
          footer={<DialogClose render={<Button>{t('link.done')}</Button>} />}
        >
          <SecretLink link={reset.link} />
        </Dialog>
      ) : null}
    </>
  );
}
