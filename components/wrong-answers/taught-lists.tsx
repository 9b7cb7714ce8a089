import { useTranslations } from 'next-intl';
import type { TaughtBy, TaughtExample } from '@/lib/wrong-answers/taught-queries';
import { Callout } from '../ui/callout';
import { LoadingRegion } from '../ui/loading-region';
import { Section } from '../ui/section';
import { SkeletonRows } from '../ui/skeleton';
import { TaughtItem } from './taught-item';

type Props = { workspace: string; datasetId: string; taught: TaughtBy };

/** The training examples that may have taught a wrong answer: by prompt, and by reply. */
export function TaughtLists({ workspace, datasetId, taught }: Props) {
  const t = useTranslations('wrongAnswers.taught');
  const list = (examples: TaughtExample[], none: string) =>
    examples.length === 0 ? (
      <p className="max-w-reading text-14 text-ink-2">{none}</p>
    ) : (
      <ol className="flex flex-col">
        {examples.map((example) => (
          <TaughtItem
            key={example.exampleId}
            workspace={workspace}
            datasetId={datasetId}
            example={example}
          />
        ))}
      </ol>
    );
  return (
    <div className="flex flex-col gap-8">
      {taught.erased > 0 ? <Callout>{t('erased', { count: taught.erased })}</Callout> : null}
      <p className="text-13 text-ink-3">{t('asTrained')}</p>
      <Section title={t('byPrompt')} description={t('byPromptNote')}>
        {list(taught.byPrompt, t('nonePrompt'))}
      </Section>
      <Section title={t('byReply')} description={t('byReplyNote')}>
        {list(taught.byReply, t('noneReply'))}
      </Section>
    </div>
  );
}

/** Its shape while the training examples are gone through. */
export function TaughtListsSkeleton() {
  return (
    <LoadingRegion>
      <SkeletonRows rows={10} columns={3} />
    </LoadingRegion>
  );
}
