import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type Canary, isShippedCanary } from '@/lib/regression-set/regression-schema';
import { buttonClass } from '../ui/button-class';
import { Section } from '../ui/section';
import { VisibleText } from '../ui/visible-text';
import { AddCanary } from './add-canary';
import { RetireItem } from './retire-item';

/** The canaries that count: what ships and the workspace's own, with the file that plants them. */
export function CanaryList({ workspace, canaries }: { workspace: string; canaries: Canary[] }) {
  const t = useTranslations('regression.settings');
  return (
    <Section
      title={t('canaries')}
      description={t('canariesText')}
      actions={
        <>
          <a
            download
            className={buttonClass()}
            href={`/api/w/${workspace}/regression-set/canaries`}
          >
            <Download aria-hidden="true" />
            {t('canaryFile')}
          </a>
          <AddCanary workspace={workspace} />
        </>
      }
    >
      <ul className="flex flex-col">
        {canaries.map((canary) => (
          <li
            key={canary.id}
            className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 border-t py-3"
          >
            <div className="flex min-w-0 flex-1 basis-52 flex-col">
              <p dir="auto" translate="no" className="whitespace-pre-wrap break-words text-14">
                <VisibleText text={canary.prompt} />
              </p>
              <p dir="auto" translate="no" className="break-words text-12 text-ink-3">
                <VisibleText text={canary.secret} />
              </p>
            </div>
            {isShippedCanary(canary) ? (
              <span className="text-13 text-ink-3">{t('ships')}</span>
            ) : (
              <RetireItem
                workspace={workspace}
                itemId={canary.id}
                prompt={canary.prompt.slice(0, 80)}
              />
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
