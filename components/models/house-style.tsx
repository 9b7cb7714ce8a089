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
import type { HouseRule } from '@/lib/checks/rule-schema';
import type { Evaluation, GroupEvaluation } from '@/lib/models/model-schema';

type Props = { evaluation: Evaluation; rules: HouseRule[]; version: number };

const arms = ['base', 'tuned', 'human'] as const;

/** How many answers keep each rule: base, tuned and the human replies; new and known replies apart. */
export function HouseStyle({ evaluation, rules, version }: Props) {
  const t = useTranslations('models');
  const groups = (['fresh', 'known'] as const).filter((group) => evaluation[group].rows > 0);
  return (
    <Section title={t('rules.title')} description={t('rules.description', { version })}>
      {rules.length === 0 ? <p className="text-ink-3">{t('rules.noRules')}</p> : null}
      {groups.map((group) => (
        <div key={group} className="flex max-w-3xl flex-col gap-1">
          <h3 className="text-13 font-semibold text-ink-2">{t(`group.${group}`)}</h3>
          <RuleTable
            label={`${t('rules.title')}: ${t(`group.${group}`)}`}
            group={evaluation[group]}
            rules={rules}
          />
        </div>
      ))}
    </Section>
  );
}

function RuleTable({
  label,
  group,
  rules,
}: {
  label: string;
  group: GroupEvaluation;
  rules: HouseRule[];
}) {
  const t = useTranslations('models');
  const tChecks = useTranslations('checks');
  const rateOf = (arm: (typeof arms)[number], ruleId: string) =>
    group[arm].rules.find((rate) => rate.ruleId === ruleId) ?? { passed: 0, total: 0 };
  return (
    <Table label={label}>
      <TableHead>
        <TableHeader>{t('rules.rule')}</TableHeader>
        {arms.map((arm) => (
          <TableHeader key={arm} align="end">
            {t(`rules.${arm}`)}
          </TableHeader>
        ))}
      </TableHead>
      <TableBody>
        <TableRow>
          <TableCell header>{t('rules.every')}</TableCell>
          {arms.map((arm) => (
            <TableCell key={arm} align="end">
              {t('passed', group[arm].pass)}
            </TableCell>
          ))}
        </TableRow>
        {rules.map((rule) => (
          <TableRow key={rule.id}>
            <TableCell header>{rule.name || tChecks(`kinds.${rule.kind}`)}</TableCell>
            {arms.map((arm) => (
              <TableCell key={arm} align="end">
                {t('passed', rateOf(arm, rule.id))}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
