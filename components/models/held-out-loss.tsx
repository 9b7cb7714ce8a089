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
import type { Evaluation } from '@/lib/models/model-schema';
import { LossValue } from './loss-value';

const groups = ['fresh', 'known', 'all'] as const;

/** Loss before and after, for new and for known replies apart: for those who want to check. */
export function HeldOutLoss({ evaluation }: { evaluation: Evaluation }) {
  const t = useTranslations('models');
  return (
    <ExpertDetails
      title={t('expert.heldOut')}
      text={t('expert.heldOutText', { rows: evaluation.all.rows })}
    >
      <Table label={t('expert.table')}>
        <TableHead>
          <TableHeader>{t('expert.group')}</TableHeader>
          <TableHeader align="end">{t('expert.rows')}</TableHeader>
          <TableHeader align="end">{t('expert.before')}</TableHeader>
          <TableHeader align="end">{t('expert.after')}</TableHeader>
        </TableHead>
        <TableBody>
          {groups.map((group) => (
            <TableRow key={group}>
              <TableCell header>{t(`group.${group}`)}</TableCell>
              <TableCell align="end">{evaluation[group].rows}</TableCell>
              <TableCell align="end">
                <LossValue value={evaluation[group].base.loss} />
              </TableCell>
              <TableCell align="end">
                <LossValue value={evaluation[group].tuned.loss} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </ExpertDetails>
  );
}
