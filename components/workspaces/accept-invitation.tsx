'use client';

import { useTranslations } from 'next-intl';
import { signOutAction } from '@/lib/accounts/account-actions';
import { acceptInvitationAction, joinWorkspaceAction } from '@/lib/workspaces/invitation-actions';
import { EmailField } from '../accounts/email-field';
import { TokenButton } from '../accounts/token-button';
import { NewPasswordField, OwnNameField, TokenForm } from '../accounts/token-form';
import { Button, LinkButton } from '../ui/button';
import { Callout } from '../ui/callout';

export interface AcceptInvitationProps {
  token: string;
  email: string;
  hasAccount: boolean;
  /** Who is signed in at the moment, if anybody. */
  self: { name: string; email: string } | null;
}

/** The way in that fits: a new account, the present one, or signing in first. */
export function AcceptInvitation({ token, email, hasAccount, self }: AcceptInvitationProps) {
  const t = useTranslations('accounts.invite');
  if (self?.email === email) {
    const label = t('join', { name: self.name });
    return <TokenButton token={token} action={joinWorkspaceAction} label={label} />;
  }
  if (self) {
    return (
      <div className="flex flex-col gap-4">
        <Callout>{t('otherAccount', { email, own: self.email })}</Callout>
        <form
          action={async () => {
            await signOutAction();
          }}
        >
          <Button type="submit" size="large">
            {t('signOut')}
          </Button>
        </form>
      </div>
    );
  }
  if (!hasAccount) return <NewAccount token={token} email={email} />;
  return (
    <div className="flex flex-col gap-4">
      <Callout>{t('hasAccount', { email })}</Callout>
      <LinkButton
        variant="primary"
        size="large"
        href={`/sign-in?next=${encodeURIComponent(`/invite/${token}`)}`}
      >
        {t('signIn')}
      </LinkButton>
    </div>
  );
}

const NAMES = ['name', 'password'] as const;

function NewAccount({ token, email }: { token: string; email: string }) {
  const t = useTranslations('accounts');
  return (
    <TokenForm
      token={token}
      names={NAMES}
      action={acceptInvitationAction}
      submitLabel={t('invite.submit')}
    >
      {(errors) => (
        <>
          <EmailField defaultValue={email} readOnly />
          <OwnNameField error={errors.name} />
          <NewPasswordField label={t('password')} error={errors.password} />
        </>
      )}
    </TokenForm>
  );
}
