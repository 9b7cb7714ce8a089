import { useTranslations } from 'next-intl';
import { serializeExampleUrl } from '@/lib/examples/example-url';
import { LinkButton } from '../ui/button';
import { Section } from '../ui/section';

type Props = { workspace: string; datasetId: string; topic: string | null };

/** The way to a new example of the topic, and why it has to be another case than the marked one. */
export function WriteAnother({ workspace, datasetId, topic }: Props) {
  const t = useTranslations('wrongAnswers.write');
  return (
    <Section title={t('title')} description={t('note')}>
      <div>
        <LinkButton
          prefetch={false}
          href={serializeExampleUrl(`/w/${workspace}/datasets/${datasetId}/examples`, {
            topic,
            open: 'new',
          })}
        >
          {t('action')}
        </LinkButton>
      </div>
    </Section>
  );
}
