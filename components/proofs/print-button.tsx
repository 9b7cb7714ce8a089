'use client';

import { Printer } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../ui/button';

export function PrintButton() {
  const t = useTranslations('proofs.report');
  return (
    <Button icon={<Printer aria-hidden="true" />} onClick={() => window.print()}>
      {t('print')}
    </Button>
  );
}
