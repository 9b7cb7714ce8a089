import { Download } from 'lucide-react';
import { getTranslations } from 'next-intl/server';

/** Small files to try an import with. */
export async function SampleLinks({ address }: { address: string }) {
  const t = await getTranslations('imports.upload');
  const link =
    'inline-flex min-h-6 items-center gap-1.5 rounded-control text-accent-ink hover:underline';
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-13 text-ink-3">
      {t('samples')}
      <a href={`${address}/sample?format=csv`} download className={link}>
        <Download aria-hidden="true" />
        {t('sampleCsv')}
      </a>
      <a href={`${address}/sample?format=jsonl`} download className={link}>
        <Download aria-hidden="true" />
        {t('sampleJsonl')}
      </a>
    </p>
  );
}
