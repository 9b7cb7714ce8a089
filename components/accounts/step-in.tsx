'use client';

import { Feather, KeyRound, ListChecks } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { stepInAction } from '@/lib/accounts/account-actions';
import { type Role, roles } from '@/lib/permissions';
import { buttonClass } from '../ui/button-class';
import { cn } from '../ui/cn';
import { FormErrorSummary } from '../ui/form-error-summary';
import { leaveFor, useSubmit } from './use-submit';

const ICON = { writer: Feather, reviewer: ListChecks, admin: KeyRound };

/** The way into the sample workspace, by role. Shown only where the server allows it. */
export function StepIn() {
  const t = useTranslations('accounts.stepIn');
  const { submit, pending, formError } = useSubmit(stepInAction, leaveFor);
  return (
    <section aria-labelledby="step-in" className="flex flex-col gap-3">
      <div>
        <h2 id="step-in" className="text-16 font-semibold">
          {t('title')}
        </h2>
        <p className="mt-1 text-14 text-pretty text-ink-2">{t('text')}</p>
      </div>
      <FormErrorSummary errors={{}} formError={formError} />
      <ul className="flex flex-col gap-2">
        {roles.map((role) => (
          <li key={role}>
            <StepInButton role={role} disabled={pending} onClick={() => void submit({ role })} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface StepInButtonProps {
  role: Role;
  disabled: boolean;
  onClick: () => void;
}

function StepInButton({ role, disabled, onClick }: StepInButtonProps) {
  const t = useTranslations('accounts.stepIn');
  const Icon = ICON[role];
  return (
    <button
      type="button"
      disabled={disabled}
      onClick={onClick}
      className={cn(buttonClass('secondary', 'large'), 'w-full justify-start text-start')}
    >
      <Icon aria-hidden="true" className="text-accent-ink" />
      <span className="min-w-0 leading-5">
        <span className="block">{t(`as.${role}`)}</span>
        <span className="block text-12 font-normal text-ink-3">{t(`hint.${role}`)}</span>
      </span>
    </button>
  );
}
