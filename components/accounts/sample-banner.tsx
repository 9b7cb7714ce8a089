'use client';

import { useTranslations } from 'next-intl';
import { signOutAction, stepInAction } from '@/lib/accounts/account-actions';
import { type Role, roles } from '@/lib/permissions';
import { FrameBanner } from '../frame/frame-banner';
import { Button } from '../ui/button';
import { Menu, MenuChoices } from '../ui/menu';
import { useToast } from '../ui/toast';
import { leaveFor } from './use-submit';

/** Says that this is the sample workspace, and changes the role in it. */
export function SampleBanner({ role }: { role: Role }) {
  const t = useTranslations('accounts.stepIn');
  const toast = useToast();
  const change = async (next: Role) => {
    if (next === role) return;
    const result = await stepInAction({ role: next });
    if (result.ok) leaveFor(result.data);
    else toast.show({ title: result.error.message, tone: 'negative' });
  };
  return (
    <FrameBanner
      actions={
        <div className="flex gap-1">
          <Menu
            align="end"
            trigger={
              <Button size="small" variant="quiet">
                {t('switch')}
              </Button>
            }
          >
            <MenuChoices
              label={t('switch')}
              value={role}
              options={roles.map((value) => ({ value, label: t(`switchTo.${value}`) }))}
              onValueChange={(value) => void change(value)}
            />
          </Menu>
          <form
            action={async () => {
              await signOutAction();
            }}
          >
            <Button size="small" variant="quiet" type="submit">
              {t('leave')}
            </Button>
          </form>
        </div>
      }
    >
      {t('banner', { role })}
    </FrameBanner>
  );
}
