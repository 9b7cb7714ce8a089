import { useTranslations } from 'next-intl';
import type { Operation } from '@/lib/api/operation';
import { Badge } from '../ui/badge';

export interface OperationEntryProps {
  operation: Pick<
    Operation,
    'id' | 'method' | 'path' | 'scope' | 'status' | 'examples' | 'takesFile' | 'streams'
  >;
}

/** One operation of the reference: what it does, how it is asked, and an example of both ways. */
export function OperationEntry({ operation }: OperationEntryProps) {
  const t = useTranslations('api');
  const tTokens = useTranslations('tokens');
  const { id, method, path, scope, status, examples, takesFile, streams } = operation;
  return (
    <article
      id={id}
      aria-labelledby={`${id}-address`}
      className="flex scroll-mt-4 flex-col gap-2 border-t border-line pt-4"
    >
      <h3
        id={`${id}-address`}
        className="flex flex-wrap items-baseline gap-2 text-13 font-medium"
        translate="no"
      >
        <Badge>{method}</Badge>
        <code className="font-mono break-all">{path}</code>
      </h3>
      <p className="max-w-reading text-14 text-pretty">{t(`operations.${id}`)}</p>
      <p className="text-13 text-ink-2">
        {t('reference.scope', { scope: tTokens(`scopeNames.${scope}`) })}{' '}
        {method === 'POST' ? t('reference.key') : null}
      </p>
      {takesFile ? <p className="text-13 text-ink-2">{t('reference.file')}</p> : null}
      {streams ? (
        <p className="text-13 text-ink-2">
          {t.rich('reference.stream', { type: () => <code translate="no">{streams}</code> })}
        </p>
      ) : null}
      {examples.body === undefined ? null : (
        <Example label={t('reference.sends')} value={examples.body} />
      )}
      {streams ? null : (
        <Example label={t('reference.answers', { status })} value={examples.output} />
      )}
    </article>
  );
}

function Example({ label, value }: { label: string; value: unknown }) {
  return (
    <details className="text-13">
      <summary className="cursor-pointer text-ink-2 hover:text-ink">{label}</summary>
      <pre
        className="mt-1 rounded-control border border-line bg-sunken p-3 font-mono text-12 break-all whitespace-pre-wrap"
        translate="no"
      >
        {JSON.stringify(value, null, 2)}
      </pre>
    </details>
  );
}
