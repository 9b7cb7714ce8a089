import { useTranslations } from 'next-intl';
import { ExpertDetails } from '@/components/ui/expert-details';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table';
import type { ValidationLoss } from '@/lib/models/validation-queries';
import { LossValue } from './loss-value';

export interface ValidationExpertProps {
  models: { id: string; name: string }[];
  losses: Record<string, ValidationLoss>;
}

/** What tells trainings of one release apart before any proof: for those who want to check. */
export function ValidationExpert({ models, losses }: ValidationExpertProps) {
  const t = useTranslations('models');
  return (
    <ExpertDetails title={t('expert.validation')} text={t('expert.validationText')}>
      <Table label={t('expert.validationTable')}>
        <TableHead>
          <TableHeader>{t('columns.model')}</TableHeader>
          <TableHeader align="end">{t('expert.before')}</TableHeader>
          <TableHeader align="end">{t('expert.after')}</TableHeader>
        </TableHead>
        <TableBody>
          {models.map(({ id, name }) => (
            <TableRow key={id}>
              <TableCell header>{name}</TableCell>
              <TableCell align="end">
                <LossValue value={losses[id]?.before ?? null} />
              </TableCell>
              <TableCell align="end">
                <LossValue value={losses[id]?.after ?? null} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </ExpertDetails>
  );
}
