'use client';

import { UserPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type Role, roles } from '@/lib/permissions';
import { createInvitationAction } from '@/lib/workspaces/invitation-actions';
import { EmailField } from '../accounts/email-field';
import { formValues, useSubmit } from '../accounts/use-submit';
import { Button } from '../ui/button';
import { Dialog, DialogClose } from '../ui/dialog';
import { Field } from '../ui/field';
import { Form } from '../ui/form';
import { Select } from '../ui/select';
import { SecretLink } from './secret-link';

type Made = { email: string; link: string; expiresAt: Date };

/** The button that invites somebody, its form, and the link that comes of it. */
export function InviteDialog({ workspace }: { workspace: string }) {
  const t = useTranslations('people');
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (next) setMade(null);
      }}
      trigger={
        <Button variant="primary" icon={<UserPlus aria-hidden="true" />}>
          {t('invite.title')}
        </Button>
      }
      title={made ? t('invite.linkTitle', { email: made.email }) : t('invite.title')}
      description={made ? t('invite.linkText', { date: made.expiresAt }) : t('invite.text')}
      footer={made ? <DialogClose render={<Button>{t('link.done')}</Button>} /> : undefined}
    >
      {made ? (
        <SecretLink link={made.link} />
      ) : (
        <InviteForm workspace={workspace} onMade={setMade} />
      )}
    </Dialog>
  );
}

function InviteForm(props: { workspace: string; onMade: (made: Made) => void }) {
  const t = useTranslations('people');
  const tRole = useTranslations('frame.role');
  const [role, setRole] = useState<Role>('writer');
  const { submit, pending, fieldErrors, formError } = useSubmit(
    createInvitationAction,
    props.onMade,
  );
  return (
    <Form
      formError={formError}
      onSubmit={(form) => {
        void submit({
          workspace: props.workspace,
          role,
          ...formValues(form, 'email'),
        });
      }}
    >
      <EmailField label={t('invite.email')} error={fieldErrors.email} autoComplete="off" />
      <Field label={t('role')}>
        <Select
          value={role}
          onValueChange={(value) => setRole(value as Role)}
          options={roles.map((value) => ({
            value,
            label: tRole(value),
            hint: t(`invite.hint.${value}`),
          }))}
        />
      </Field>
      <div className="flex justify-end pt-1">
        <Button type="submit" variant="primary" pending={pending}>
          {t('invite.submit')}
        </Button>
      </div>
    </Form>
  );
}
