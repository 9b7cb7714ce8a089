import { useFormatter, useTranslations } from 'next-intl';
import type { CurveResult } from '@/lib/curves/curve-queries';
import { curveSeeds, curveShares } from '@/lib/curves/curve-schema';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table';

/** The trainings that ended, by part. */
export function CurveTable({ points }: { points: CurveResult['points'] }) {
  const t = useTranslations('curves');
  const format = useFormatter();
  return (
    <Table label={t('table.label')} className="max-w-3xl">
      <TableHead>
        <TableHeader>{t('table.part')}</TableHeader>
        <TableHeader align="end">{t('table.examples')}</TableHeader>
        <TableHeader align="end">{t('table.trainings')}</TableHeader>
        <TableHeader align="end">{t('table.minutes')}</TableHeader>
      </TableHead>
      <TableBody>
        {curveShares.map((share) => {
          const own = points.filter((point) => point.share === share);
          const seconds = own.reduce((sum, point) => sum + point.seconds, 0);
          return (
            <TableRow key={share}>
              <TableCell header>{t(`part.${share}`)}</TableCell>
              <TableCell align="end">{own[0] ? format.number(own[0].examples) : null}</TableCell>
              <TableCell align="end">
                {t('table.trainingsValue', { done: own.length, total: curveSeeds.length })}
              </TableCell>
              <TableCell align="end">
                {format.number(seconds / 60, { maximumFractionDigits: 1 })}
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
