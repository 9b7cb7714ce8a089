import { useTranslations } from 'next-intl';
import { Section } from '@/components/ui/section';
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

/** Loss before and after, for new and for known replies apart. */
export function HeldOutLoss({ evaluation }: { evaluation: Evaluation }) {
  const t = useTranslations('models');
  return (
    <Section
      title={t('loss.title')}
      description={t('loss.description', { rows: evaluation.all.rows })}
    >
      <Table label={t('loss.title')} className="max-w-3xl">
        <TableHead>
          <TableHeader>{t('loss.group')}</TableHeader>
          <TableHeader align="end">{t('loss.rows')}</TableHeader>
          <TableHeader align="end">{t('loss.before')}</TableHeader>
          <TableHeader align="end">{t('loss.after')}</TableHeader>
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
    </Section>
  );
}
