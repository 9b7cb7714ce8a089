'use client';

import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import type { ExampleDetail } from '@/lib/examples/example-detail';
import { FindingList, type ShownFinding } from '../checks/finding-list';
import { HiddenView } from '../checks/hidden-view';
import { useLiveFindings } from '../checks/use-live-findings';
import { Field } from '../ui/field';
import { Textarea } from '../ui/textarea';
import { ConversationFields } from './conversation-fields';
import { useExamples } from './examples-context';
import { SystemField } from './system-field';
import type { Draft } from './use-draft';
import { useFindingActions } from './use-finding-actions';

/** Prompt, ideal reply, and what the checks say while they are typed. */
export function TextFields({ detail, draft }: { detail: ExampleDetail; draft: Draft }) {
  const t = useTranslations('examples');
  const { isArchived } = useExamples();
  const isLocked = detail.may.edit !== null || isArchived;
  const { text, change, saver } = draft;
  const reply = useRef<HTMLTextAreaElement>(null);
  const onBlur = () => void saver.leave();
  const show = ({ spanStart, spanEnd }: ShownFinding) => {
    reply.current?.focus();
    reply.current?.setSelectionRange(spanStart ?? 0, spanEnd ?? 0);
  };
  return (
    <>
      <ConversationFields
        messages={text.messages}
        isLocked={isLocked}
        onBlur={onBlur}
        onChange={(messages) => change({ ...text, messages })}
      />
      <div className="flex flex-col gap-3">
        <Field
          label={t('columns.reply')}
          error={draft.isChanged && text.reply.trim() === '' ? t('errors.emptyReply') : undefined}
        >
          <Textarea
            ref={reply}
            look="reading"
            className="min-h-44"
            rows={8}
            readOnly={isLocked}
            value={text.reply}
            onBlur={onBlur}
            onKeyDown={leaveOnEscape}
            onChange={(event) => change({ ...text, reply: event.currentTarget.value })}
          />
        </Field>
        <HiddenView text={text.reply} />
        <Checks detail={detail} draft={draft} onShow={show} />
      </div>
      <SystemField
        value={text.system}
        isLocked={isLocked}
        onBlur={onBlur}
        onChange={(system) => {
          const { system: _, ...rest } = text;
          change(system === undefined ? rest : { ...rest, system });
        }}
      />
    </>
  );
}

/** Escape leaves the field; only a second one closes the panel. */
export function leaveOnEscape(event: React.KeyboardEvent<HTMLElement>) {
  if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
  event.stopPropagation();
  event.currentTarget.blur();
}

function Checks(props: {
  detail: ExampleDetail;
  draft: Draft;
  onShow: (finding: ShownFinding) => void;
}) {
  const { detail, draft, onShow } = props;
  const t = useTranslations('examples');
  const { brief } = useExamples();
  const live = useLiveFindings(brief, draft.text);
  const actions = useFindingActions();
  return (
    <section aria-label={t('columns.checks')} aria-live="polite" className="max-w-reading">
      {draft.isChanged ? (
        <FindingList findings={live} onShow={onShow} />
      ) : (
        <FindingList findings={detail.findings} onShow={onShow} {...actions} />
      )}
    </section>
  );
}
