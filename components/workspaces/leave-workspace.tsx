'use client';

import { useTranslations } from 'next-intl';
import { leaveWorkspaceAction } from '@/lib/workspaces/member-actions';
import { useAct } from '../accounts/use-act';
import { leaveFor } from '../accounts/use-submit';
import { AlertDialog } from '../ui/alert-dialog';
import { Button } from '../ui/button';

/** Leaves the workspace, after a question. */
export function LeaveWorkspace({ workspace }: { workspace: string }) {
  const t = useTranslations('people.leave');
  const { act } = useAct();
  return (
    <AlertDialog
      trigger={
        <Button variant="danger" className="self-start">
          {t('item')}
        </Button>
      }
      title={t('title')}
      effect={t('effect')}
      confirmLabel={t('confirm')}
      onConfirm={() => act(() => leaveWorkspaceAction({ workspace }), leaveFor)}
    />
  );
}
