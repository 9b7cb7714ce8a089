'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Select } from '../ui/select';

export interface BriefCompareProps {
  /** The page of the version that is shown. */
  href: string;
  other: number | null;
  versions: number[];
}

/** Chooses the version to compare with; the choice stands in the address. */
export function BriefCompare({ href, other, versions }: BriefCompareProps) {
  const t = useTranslations('brief.versions');
  const router = useRouter();
  if (versions.length === 0) return null;
  return (
    <div className="w-40">
      <Select
        aria-label={t('compare')}
        placeholder={t('compare')}
        value={other === null ? null : String(other)}
        options={versions.map((version) => ({
          value: String(version),
          label: t('diffTitle', { version }),
        }))}
        onValueChange={(version) => router.push(`${href}?with=${version}`)}
      />
    </div>
  );
}
