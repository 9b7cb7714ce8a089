'use client';

import { BadgeCheck } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { approveBriefAction } from '@/lib/datasets/brief-actions';
import type { ApprovalBar } from '@/lib/datasets/brief-rules';
import { AlertDialog } from '../ui/alert-dialog';
import { Button, LinkButton } from '../ui/button';
import { Callout } from '../ui/callout';
import { useToast } from '../ui/toast';

export interface BriefApprovalProps {
  workspace: string;
  datasetId: string;
  version: number;
  /** Why this person cannot approve it; null when they can. */
  bar: ApprovalBar | null;
  /** The version that releases use now. */
  inForce: number | null;
  /** Nobody but the author could approve it. */
  isAlone: boolean;
  /** A program approved it, which the dataset does not count. */
  isByToken: boolean;
}

/** What an unapproved version waits for, and the approval for those who may give it. */
export function BriefApproval(props: BriefApprovalProps) {
  const { workspace, version, bar, inForce, isAlone, isByToken } = props;
  const t = useTranslations('brief');
  return (
    <Callout
      kind="warning"
      title={t('approval.waitingTitle', { version })}
      action={
        bar === null ? (
          <ApproveButton {...props} />
        ) : isAlone ? (
          <LinkButton href={`/w/${workspace}/people`}>{t('approval.invite')}</LinkButton>
        ) : null
      }
    >
      <p>
        {isByToken ? t('approval.byToken') : t('approval.waitingDescription')}{' '}
        {inForce === null ? t('approval.none') : t('approval.inForce', { version: inForce })}
      </p>
      {bar ? (
        <p className="mt-1">
          {isAlone
            ? t('approval.nobody')
            : isByToken && bar === 'approved'
              ? t('approval.byTokenReleased')
              : t(`whyNot.${bar}`)}
        </p>
      ) : null}
    </Callout>
  );
}

function ApproveButton({ workspace, datasetId, version }: BriefApprovalProps) {
  const t = useTranslations('brief.approval');
  const router = useRouter();
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const approve = async () => {
    const result = await approveBriefAction({ workspace, datasetId, version });
    if (result.ok) toast.show({ title: t('done', { version }) });
    else toast.show({ title: result.error.message, tone: 'negative' });
    router.refresh();
  };
  return (
    <AlertDialog
      open={isOpen}
      onOpenChange={setOpen}
      tone="primary"
      trigger={
        <Button variant="primary" icon={<BadgeCheck aria-hidden="true" />}>
          {t('approve', { version })}
        </Button>
      }
      title={t('approveTitle', { version })}
      effect={t('approveEffect')}
      confirmLabel={t('approve', { version })}
      onConfirm={approve}
    />
  );
}
