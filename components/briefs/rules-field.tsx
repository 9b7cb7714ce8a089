'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type HouseRule, MAX_RULES, ruleKinds } from '@/lib/checks/rule-schema';
import { Button } from '../ui/button';
import { Menu, MenuItem } from '../ui/menu';
import { Section } from '../ui/section';
import { useToast } from '../ui/toast';
import { RuleDialog } from './rule-dialog';
import { newRuleDraft, type RuleDraft, toRuleDraft } from './rule-draft';
import { RuleRow } from './rule-row';

export interface RulesFieldProps {
  rules: HouseRule[];
  onChange: (change: (rules: HouseRule[]) => HouseRule[]) => void;
  /** What a rule would flag. */
  result: (rule: HouseRule) => React.ReactNode;
}

/** The house-style rules: add, change, order, remove. */
export function RulesField({ rules, onChange, result }: RulesFieldProps) {
  const t = useTranslations('brief');
  const toast = useToast();
  const [open, setOpen] = useState<{ draft: RuleDraft; isNew: boolean } | null>(null);

  const remove = (rule: HouseRule, index: number) => {
    onChange((before) => before.filter((other) => other.id !== rule.id));
    toast.show({
      title: t('rules.removed'),
      undo: () => onChange((before) => before.toSpliced(index, 0, rule)),
    });
  };
  const move = (index: number, by: -1 | 1) =>
    onChange((before) => {
      const rule = before[index];
      return rule ? before.toSpliced(index, 1).toSpliced(index + by, 0, rule) : before;
    });
  const save = (rule: HouseRule) => {
    onChange((before) =>
      before.some((other) => other.id === rule.id)
        ? before.map((other) => (other.id === rule.id ? rule : other))
        : [...before, rule],
    );
    setOpen(null);
  };

  return (
    <Section
      title={t('fields.rules')}
      description={t('fields.rulesHint')}
      actions={
        <AddRuleMenu
          disabled={rules.length >= MAX_RULES}
          onAdd={(draft) => setOpen({ draft, isNew: true })}
        />
      }
    >
      {rules.length === 0 ? (
        <div className="rounded-panel bg-sunken px-4 py-5 text-14">
          <p className="font-medium">{t('rules.none')}</p>
          <p className="max-w-reading text-ink-2">{t('rules.noneDescription')}</p>
        </div>
      ) : (
        <ol aria-label={t('rules.list')} className="border-t">
          {rules.map((rule, index) => (
            <RuleRow
              key={rule.id}
              rule={rule}
              edit={{
                isFirst: index === 0,
                isLast: index === rules.length - 1,
                onMove: (by) => move(index, by),
                onEdit: () => setOpen({ draft: toRuleDraft(rule), isNew: false }),
                onRemove: () => remove(rule, index),
              }}
            >
              {result(rule)}
            </RuleRow>
          ))}
        </ol>
      )}
      <RuleDialog
        draft={open?.draft ?? null}
        isNew={open?.isNew ?? false}
        onClose={() => setOpen(null)}
        onSave={save}
      />
    </Section>
  );
}

function AddRuleMenu({
  disabled,
  onAdd,
}: {
  disabled: boolean;
  onAdd: (draft: RuleDraft) => void;
}) {
  const t = useTranslations('brief.rules');
  const checks = useTranslations('checks');
  return (
    <Menu
      align="end"
      trigger={
        <Button icon={<Plus aria-hidden="true" />} disabled={disabled}>
          {t('add')}
        </Button>
      }
    >
      {ruleKinds.map((kind) => (
        <MenuItem key={kind} onClick={() => onAdd(newRuleDraft(kind))}>
          {checks(`kinds.${kind}`)}
          <span className="block text-12 text-ink-3">{checks(`kindHints.${kind}`)}</span>
        </MenuItem>
      ))}
    </Menu>
  );
}
