'use client';

import { useTranslations } from 'next-intl';
import type { HouseRule } from '@/lib/checks/rule-schema';
import { type BriefDiff, isEmptyDiff, type RuleChange } from '@/lib/datasets/brief-diff';
import { Badge } from '../ui/badge';
import { DiffText } from '../ui/diff';
import { Section } from '../ui/section';
import type { Tone } from '../ui/tone';
import { useRuleSentence } from './use-rule-sentence';

/** What changed between two versions of a brief. */
export function BriefDiffView({ diff }: { diff: BriefDiff }) {
  const t = useTranslations('brief');
  if (isEmptyDiff(diff)) return <p className="text-14 text-ink-3">{t('versions.same')}</p>;
  const { added, removed } = diff.slots;
  return (
    <div className="flex flex-col gap-8">
      {diff.texts.map(({ field, pieces }) => (
        <Section key={field} title={t(`fields.${field}`)}>
          <DiffText parts={pieces} />
        </Section>
      ))}
      {added.length + removed.length > 0 ? (
        <Section title={t('fields.slots')}>
          <ul className="flex flex-col gap-1.5">
            {added.map((slot) => (
              <SlotChange key={slot} slot={slot} kind="added" />
            ))}
            {removed.map((slot) => (
              <SlotChange key={slot} slot={slot} kind="removed" />
            ))}
          </ul>
        </Section>
      ) : null}
      {diff.rules.length > 0 ? (
        <Section title={t('fields.rules')}>
          <ul className="flex flex-col gap-2">
            {diff.rules.map((change) => (
              <RuleChangeItem key={change.rule.id} change={change} />
            ))}
          </ul>
        </Section>
      ) : null}
    </div>
  );
}

const TONE: Record<RuleChange['kind'], Tone> = {
  added: 'positive',
  removed: 'negative',
  changed: 'caution',
};

function SlotChange({ slot, kind }: { slot: string; kind: 'added' | 'removed' }) {
  const t = useTranslations('brief.versions');
  return (
    <li className="flex items-center gap-2">
      <Badge tone={TONE[kind]}>{t(kind)}</Badge>
      <code className="font-mono text-13 break-all">{`{{${slot}}}`}</code>
    </li>
  );
}

function RuleChangeItem({ change }: { change: RuleChange }) {
  const t = useTranslations('brief.versions');
  const checks = useTranslations('checks.severity');
  const say = useRuleSentence();
  const inWords = (rule: HouseRule) =>
    [say(rule), checks(rule.severity), rule.name].filter(Boolean).join(' · ');
  return (
    <li className="flex items-start gap-2 text-14">
      <Badge tone={TONE[change.kind]}>{t(change.kind)}</Badge>
      <div className="min-w-0">
        {change.kind === 'changed' ? (
          <p dir="auto">
            <del>{inWords(change.before)}</del>
          </p>
        ) : null}
        <p dir="auto">
          {change.kind === 'added' || change.kind === 'changed' ? (
            <ins>{inWords(change.rule)}</ins>
          ) : (
            <del>{inWords(change.rule)}</del>
          )}
        </p>
      </div>
    </li>
  );
}
