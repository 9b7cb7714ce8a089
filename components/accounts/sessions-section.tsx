'use client';

import { useTranslations } from 'next-intl';
import { revokeOtherSessionsAction, revokeSessionAction } from '@/lib/accounts/account-actions';
import type { OwnSession } from '@/lib/accounts/account-queries';
import { deviceOf } from '@/lib/accounts/device-rules';
import { Button } from '../ui/button';
import { RelativeTime } from '../ui/relative-time';
import { Section } from '../ui/section';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table';
import { useAct } from './use-act';

/** Where the person is signed in, and the ends of it. */
export function SessionsSection({ sessions }: { sessions: OwnSession[] }) {
  const t = useTranslations('accounts.account');
  const { act, pending } = useAct();
  const endOthers = () =>
    act(
      () => revokeOtherSessionsAction({}),
      ({ count }) => t('endedOthers', { count }),
    );
  return (
    <Section
      title={t('sessionsTitle')}
      description={t('sessionsText')}
      actions={
        sessions.length > 1 ? (
          <Button size="small" pending={pending} onClick={() => void endOthers()}>
            {t('endOthers')}
          </Button>
        ) : undefined
      }
    >
      <Table label={t('sessionsTitle')}>
        <TableHead>
          <TableHeader>{t('device')}</TableHeader>
          <TableHeader className="max-sm:hidden">{t('signedIn')}</TableHeader>
          <TableHeader>{t('lastSeen')}</TableHeader>
          <TableHeader align="end">
            <span className="sr-only">{t('actions')}</span>
          </TableHeader>
        </TableHead>
        <TableBody>
          {sessions.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}

function SessionRow({ session }: { session: OwnSession }) {
  const t = useTranslations('accounts.account');
  const { act, pending } = useAct();
  const found = deviceOf(session.userAgent);
  const device = found ? t('deviceName', found) : t('unknownDevice');
  const end = () =>
    act(
      () => revokeSessionAction({ sessionId: session.id }),
      () => t('ended'),
    );
  return (
    <TableRow>
      <TableCell header>
        {device}
        {session.isCurrent ? <span className="text-ink-3"> · {t('thisSession')}</span> : null}
      </TableCell>
      <TableCell className="max-sm:hidden">
        <RelativeTime value={session.createdAt} />
      </TableCell>
      <TableCell>
        <RelativeTime value={session.lastSeenAt} />
      </TableCell>
      <TableCell align="end">
        {session.isCurrent ? null : (
          <Button
            size="small"
            variant="quiet"
            pending={pending}
            aria-label={t('endSessionOf', { device })}
            onClick={() => void end()}
          >
            {t('endSession')}
          </Button>
        )}
      </TableCell>
    </TableRow>
  );
}
