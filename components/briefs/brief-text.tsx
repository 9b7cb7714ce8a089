import { useTranslations } from 'next-intl';
import type { BriefContent } from '@/lib/datasets/brief-schema';
import { Markdown } from '../ui/markdown';
import { Section } from '../ui/section';
import { VisibleText } from '../ui/visible-text';
import { RuleList } from './rule-list';

/** A brief to be read. */
export function BriefText({ content }: { content: BriefContent }) {
  const t = useTranslations('brief');
  const { task, systemPrompt, guidelines, slots, rules } = content;
  return (
    <>
      <Section title={t('fields.task')}>
        <p dir="auto" className="max-w-reading text-16 whitespace-pre-wrap">
          <VisibleText text={task} />
        </p>
      </Section>
      <Section title={t('fields.systemPrompt')} description={t('fields.systemPromptHint')}>
        <p dir="auto" className="max-w-reading text-16 whitespace-pre-wrap">
          <VisibleText text={systemPrompt} />
        </p>
      </Section>
      <Section title={t('fields.guidelines')}>
        {guidelines.trim() === '' ? (
          <p className="text-14 text-ink-3">{t('guidelines.empty')}</p>
        ) : (
          <Markdown text={guidelines} />
        )}
      </Section>
      <Section title={t('fields.slots')} description={t('fields.slotsHint')}>
        {slots.length === 0 ? (
          <p className="text-14 text-ink-3">{t('slots.none', { braces: '{{…}}' })}</p>
        ) : (
          <ul aria-label={t('slots.added')} className="flex flex-wrap gap-1.5">
            {slots.map((slot) => (
              <li key={slot} className="rounded-control bg-neutral-soft px-2 py-1">
                <code className="font-mono text-13 break-all">{`{{${slot}}}`}</code>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={t('fields.rules')} description={t('fields.rulesHint')}>
        <RuleList rules={rules} />
      </Section>
    </>
  );
}
