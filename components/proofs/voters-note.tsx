import { useTranslations } from 'next-intl';
import type { PlanVoters } from '@/lib/proofs/voter-queries';
import { LinkButton } from '../ui/button';
import { Callout } from '../ui/callout';

/** Says on the form of a plan that fewer people may vote than it asks for. */
export function PlanVotersNote(props: { workspace: string; voters: PlanVoters; votes: number }) {
  const { workspace, voters, votes } = props;
  const t = useTranslations('proofs.reach');
  const { people, prompts, reach } = voters;
  const reached = reach[votes - 1] ?? 0;
  if (reached >= prompts) return null;
  return (
    <Callout kind="warning" action={<InviteLink workspace={workspace} />}>
      {t('plan', { people, some: reach[0] ?? 0, prompts, votes, reached })}
    </Callout>
  );
}

/** Says on an open proof that nobody is left to give some of its planned votes. */
export function ReachNote({ workspace, stuck }: { workspace: string; stuck: number }) {
  const t = useTranslations('proofs.reach');
  if (stuck === 0) return null;
  return (
    <Callout kind="warning" action={<InviteLink workspace={workspace} />}>
      {t('stuck', { count: stuck })}
    </Callout>
  );
}

function InviteLink({ workspace }: { workspace: string }) {
  const t = useTranslations('proofs.reach');
  return <LinkButton href={`/w/${workspace}/people`}>{t('invite')}</LinkButton>;
}
