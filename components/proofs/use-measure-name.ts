import { useTranslations } from 'next-intl';
import type { ProofResult } from '@/lib/proofs/result-queries';

/** `nameOf(key)`: what a row of the measures is called; a rule by its own name. */
export function useMeasureName(rules: ProofResult['rules']): (key: string) => string {
  const t = useTranslations('proofs.measures.names');
  const tChecks = useTranslations('checks.kinds');
  return (key) => {
    const [kind, rest] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)];
    if (kind === 'field') return t('field', { field: rest });
    if (kind !== 'rule') return t(key as 'every');
    const rule = rules.find((one) => one.id === rest);
    return rule?.name || tChecks((rule?.kind ?? 'length') as 'length');
  };
}
