'use client';

import { useTranslations } from 'next-intl';
import type { ExampleDetail } from '@/lib/examples/example-detail';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { RelativeTime } from '../ui/relative-time';
import { useToast } from '../ui/toast';
import type { Draft } from './use-draft';

/** What to know before writing: why it came back, and text that was found again. */
export function PanelNotices({ detail, draft }: { detail: ExampleDetail; draft: Draft }) {
  const t = useTranslations('examples');
  const toast = useToast();
  const { sentBack } = detail;
  const { restored } = draft;
  const isStale =
    detail.workingCopy !== null && detail.workingCopy.baseRevisionId !== detail.revision.id;
  const discard = async () => {
    if (!(await draft.discard())) toast.show({ title: t('save.offline'), tone: 'negative' });
  };
  return (
    <div className="mb-4 flex flex-col gap-2 empty:hidden">
      {sentBack ? (
        <Callout kind="warning" title={t('panel.sentBack', { name: sentBack.reviewerName })}>
          <p dir="auto" className="whitespace-pre-wrap">
            {sentBack.reason}
          </p>
        </Callout>
      ) : null}
      {restored ? (
        <Callout
          title={restored.from === 'device' ? t('panel.fromDevice') : t('panel.fromServer')}
          action={
            <Button size="small" onClick={() => void discard()}>
              {t('panel.discard')}
            </Button>
          }
        >
          <RelativeTime value={restored.at} />
          {isStale ? ` · ${t('panel.staleBase')}` : null}
        </Callout>
      ) : null}
      {detail.may.edit === 'retired' ? <Callout>{t('why.retired')}</Callout> : null}
    </div>
  );
}
