'use client';

import { ArrowDown, ArrowUp, OctagonAlert, Pencil, Trash2, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { HouseRule } from '@/lib/checks/rule-schema';
import { IconButton } from '../ui/icon-button';
import { useRuleSentence } from './use-rule-sentence';

export interface RuleRowProps {
  rule: HouseRule;
  /** Left out where the rules are only read. */
  edit?: {
    isFirst: boolean;
    isLast: boolean;
    onMove: (by: -1 | 1) => void;
    onEdit: () => void;
    onRemove: () => void;
  };
  children?: React.ReactNode;
}

/** One rule as a sentence, with its severity in word and shape. */
export function RuleRow({ rule, edit, children }: RuleRowProps) {
  const t = useTranslations('brief.rules');
  const checks = useTranslations('checks');
  const sentence = useRuleSentence()(rule);
  const isBlocker = rule.severity === 'blocker';
  const Icon = isBlocker ? OctagonAlert : TriangleAlert;
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 border-b py-2.5">
      <Icon
        aria-hidden="true"
        className={isBlocker ? 'mt-0.5 text-negative' : 'mt-0.5 text-caution'}
      />
      <div className="flex min-w-0 flex-1 basis-60 flex-col gap-1">
        <p dir="auto" className="text-14">
          {sentence}
        </p>
        <p className="text-12 text-ink-3">
          {checks(`severity.${rule.severity}`)}
          {rule.name ? ` · ${rule.name}` : null}
        </p>
        {children}
      </div>
      {edit ? (
        <div className="-my-1 flex">
          <IconButton
            label={t('moveUp', { rule: sentence })}
            icon={<ArrowUp aria-hidden="true" />}
            disabled={edit.isFirst}
            onClick={() => edit.onMove(-1)}
          />
          <IconButton
            label={t('moveDown', { rule: sentence })}
            icon={<ArrowDown aria-hidden="true" />}
            disabled={edit.isLast}
            onClick={() => edit.onMove(1)}
          />
          <IconButton
            label={t('editLabel', { rule: sentence })}
            icon={<Pencil aria-hidden="true" />}
            onClick={edit.onEdit}
          />
          <IconButton
            label={t('removeLabel', { rule: sentence })}
            icon={<Trash2 aria-hidden="true" />}
            className="ms-3"
            onClick={edit.onRemove}
          />
        </div>
      ) : null}
    </li>
  );
}
