'use client';

import { useTranslations } from 'next-intl';
import { removeSampleAction } from '@/lib/workspaces/sample-actions';
import type { Sample } from '@/lib/workspaces/sample-queries';
import { adminLinkCommand } from '../accounts/command-line';
import { useAct } from '../accounts/use-act';
import { leaveFor } from '../accounts/use-submit';
import { AlertDialog } from '../ui/alert-dialog';
import { Button } from '../ui/button';

/** Removes the sample workspace, after a question that counts what goes. */
export function RemoveSample({ workspace, sample }: { workspace: string; sample: Sample }) {
  const t = useTranslations('workspaces.sample');
  const { act } = useAct();
  const { name, examples, releases, models } = sample;
  const counts = { name, examples, releases, models, line: 'npm run seed' };
  return (
    <AlertDialog
      trigger={
        <Button variant="danger" className="self-start">
          {t('remove')}
        </Button>
      }
      title={t('title', counts)}
      effect={t.rich('effect', {
        ...counts,
        command: adminLinkCommand.command,
      })}
      confirmLabel={t('confirm', counts)}
      onConfirm={() => act(() => removeSampleAction({ workspace }), leaveFor)}
    />
  );
}
