'use client';

import { useTranslations } from 'next-intl';
import { signOutAction } from '@/lib/accounts/account-actions';
import { minPasswordLength } from '@/lib/accounts/password-rules';
import { acceptInvitationAction, joinWorkspaceAction } from '@/lib/workspaces/invitation-actions';
import { EmailField } from '../accounts/email-field';
import { PasswordField } from '../accounts/password-field';
import { formValues, leaveFor, useSubmit } from '../accounts/use-submit';
import { Button, LinkButton } from '../ui/button';
import { Callout } from '../ui/callout';
import { Field } from '../ui/field';
import { FormErrorSummary } from '../ui/form-error-summary';
import { Input } from '../ui/input';

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
  if (self?.email === email) return <JoinAsSelf token={token} name={self.name} />;
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

function JoinAsSelf({ token, name }: { token: string; name: string }) {
  const t = useTranslations('accounts.invite');
  const { submit, pending, formError } = useSubmit(joinWorkspaceAction, leaveFor);
  return (
    <div className="flex flex-col gap-4">
      <FormErrorSummary errors={{}} formError={formError} />
      <Button
        variant="primary"
        size="large"
        pending={pending}
        onClick={() => void submit({ token })}
      >
        {t('join', { name })}
      </Button>
    </div>
  );
}

function NewAccount({ token, email }: { token: string; email: string }) {
  const t = useTranslations('accounts');
  const { submit, pending, fieldErrors, formError } = useSubmit(acceptInvitationAction, leaveFor);
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit({ token, ...formValues(event.currentTarget, 'name', 'password') });
      }}
    >
      <FormErrorSummary errors={fieldErrors} formError={formError} />
      <EmailField defaultValue={email} readOnly />
      <Field name="name" label={t('name')} hint={t('nameHint')} error={fieldErrors.name}>
        <Input name="name" autoComplete="name" />
      </Field>
      <PasswordField
        name="password"
        label={t('password')}
        hint={t('passwordHint', { count: minPasswordLength })}
        error={fieldErrors.password}
        autoComplete="new-password"
      />
      <Button type="submit" variant="primary" size="large" pending={pending}>
        {t('invite.submit')}
      </Button>
    </form>
  );
}
