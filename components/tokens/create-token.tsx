'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { createApiTokenAction } from '@/lib/tokens/token-actions';
import { DEFAULT_TOKEN_DAYS, type TokenScope, tokenScopes } from '@/lib/tokens/token-schema';
import { formValues, useSubmit } from '../accounts/use-submit';
import { Button } from '../ui/button';
import { CheckboxGroup } from '../ui/checkbox-group';
import { Dialog, DialogClose } from '../ui/dialog';
import { Field } from '../ui/field';
import { Form } from '../ui/form';
import { Input } from '../ui/input';
import { SecretField } from '../ui/secret-field';
import { Select } from '../ui/select';

const lifetimes = [7, 30, DEFAULT_TOKEN_DAYS, 365];

/** The button that makes a token, its form, and the token itself, which is shown this once. */
export function CreateToken({ workspace }: { workspace: string }) {
  const t = useTranslations('tokens');
  const [open, setOpen] = useState(false);
  const [token, setToken] = useState<string | null>(null);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        // Neither the next form nor the page behind keeps it.
        setToken(null);
      }}
      trigger={
        <Button size="small" icon={<Plus aria-hidden="true" />}>
          {t('create')}
        </Button>
      }
      title={t('create')}
      description={token ? t('made') : t('description')}
      footer={token ? <DialogClose render={<Button>{t('done')}</Button>} /> : undefined}
    >
      {token ? (
        <SecretField label={t('token')} value={token} copyLabel={t('copy')} />
      ) : (
        <TokenForm workspace={workspace} onMade={(made) => setToken(made.token)} />
      )}
    </Dialog>
  );
}

type FormProps = { workspace: string; onMade: (made: { token: string }) => void };

function TokenForm({ workspace, onMade }: FormProps) {
  const t = useTranslations('tokens');
  const [scopes, setScopes] = useState<TokenScope[]>([]);
  const [days, setDays] = useState(String(DEFAULT_TOKEN_DAYS));
  const { submit, pending, fieldErrors, formError } = useSubmit(createApiTokenAction, onMade);
  return (
    <Form
      formError={formError}
      onSubmit={(form) => {
        const { name } = formValues(form, 'name');
        void submit({ workspace, name, scopes, days: Number(days) });
      }}
    >
      <Field
        name="name"
        label={t('name')}
        hint={t('nameHint')}
        error={fieldErrors.name ? t('errors.name') : undefined}
      >
        <Input name="name" autoComplete="off" maxLength={80} />
      </Field>
      <CheckboxGroup
        label={t('scopes')}
        options={tokenScopes.map((value) => ({ value, label: t(`scopeNames.${value}`) }))}
        chosen={scopes}
        onChange={setScopes}
        error={fieldErrors.scopes && scopes.length === 0 ? t('errors.noScope') : undefined}
      />
      <Field label={t('days')}>
        <Select
          value={days}
          onValueChange={setDays}
          options={lifetimes.map((count) => ({
            value: String(count),
            label: t('daysValue', { days: count }),
          }))}
        />
      </Field>
      <div className="flex justify-end pt-1">
        <Button type="submit" variant="primary" pending={pending}>
          {t('submit')}
        </Button>
      </div>
    </Form>
  );
}
