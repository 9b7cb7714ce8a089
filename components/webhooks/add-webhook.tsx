'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { createWebhookAction } from '@/lib/webhooks/webhook-actions';
import { type WebhookEventType, webhookEvents } from '@/lib/webhooks/webhook-events';
import { formValues, useSubmit } from '../accounts/use-submit';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { Form } from '../ui/form';
import { Input } from '../ui/input';
import { EventChoices } from './event-choices';
import { SecretOnce } from './secret-once';

/** The button that adds a webhook, its form, and the secret that comes of it. */
export function AddWebhook({ workspace }: { workspace: string }) {
  const t = useTranslations('webhooks.add');
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<{ host: string; secret: string } | null>(null);
  return (
    <>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button variant="primary" icon={<Plus aria-hidden="true" />}>
            {t('title')}
          </Button>
        }
        title={t('title')}
        description={t('text')}
      >
        <AddForm
          workspace={workspace}
          onMade={(next) => {
            setOpen(false);
            setMade(next);
          }}
        />
      </Dialog>
      {made ? (
        <SecretOnce
          {...made}
          onClose={() => {
            setMade(null);
            router.refresh();
          }}
        />
      ) : null}
    </>
  );
}

interface AddFormProps {
  workspace: string;
  onMade: (made: { host: string; secret: string }) => void;
}

function AddForm({ workspace, onMade }: AddFormProps) {
  const t = useTranslations('webhooks.add');
  const [events, setEvents] = useState<WebhookEventType[]>([...webhookEvents]);
  const { submit, pending, fieldErrors, formError } = useSubmit(createWebhookAction, onMade);
  return (
    <Form
      formError={formError}
      onSubmit={(form) => {
        if (events.length === 0) return;
        void submit({ workspace, events, ...formValues(form, 'url') });
      }}
    >
      <Field label={t('url')} name="url" hint={t('urlHint')} error={fieldErrors.url}>
        <Input
          name="url"
          type="url"
          dir="ltr"
          autoComplete="off"
          placeholder="https://hooks.example.com/apprentice"
          required
        />
      </Field>
      <EventChoices chosen={events} onChange={setEvents} />
      <div className="flex justify-end pt-1">
        <Button type="submit" variant="primary" pending={pending}>
          {t('submit')}
        </Button>
      </div>
    </Form>
  );
}
