'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { createExample } from './example-api';
import { useExamples } from './examples-context';
import { newSubject, readLocalCopy, removeLocalCopy, writeLocalCopy } from './local-copies';

type NewText = { prompt: string; reply: string; topic: string };

/** What is typed for a new example, begun with a topic: kept on this device until the server has it. */
export function useNewExample(topic: string) {
  const empty: NewText = { prompt: '', reply: '', topic };
  const t = useTranslations('examples');
  const { workspace, datasetId, userId, onDetail, onListChanged } = useExamples();
  const subject = newSubject(datasetId);
  const [text, setText] = useState(empty);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState('');
  /** One id per example, so that a repeated request makes one. */
  const [id, setId] = useState(() => crypto.randomUUID());
  useEffect(() => {
    const copy = readLocalCopy(userId, subject);
    if (!copy) return;
    setText({
      prompt: copy.text.messages?.[0]?.content ?? '',
      reply: copy.text.reply ?? '',
      topic: copy.text.topic ?? '',
    });
  }, [userId, subject]);
  const change = (next: NewText) => {
    setText(next);
    setError('');
    writeLocalCopy(userId, subject, {
      datasetId,
      number: null,
      baseRevisionId: null,
      version: 0,
      at: new Date().toISOString(),
      text: {
        messages: [{ role: 'user', content: next.prompt }],
        reply: next.reply,
        topic: next.topic,
      },
    });
  };
  const reset = () => {
    removeLocalCopy(userId, subject);
    setText(empty);
    setError('');
    setId(crypto.randomUUID());
  };
  const isReady = text.prompt.trim() !== '' && text.reply.trim() !== '';
  const create = async () => {
    if (!isReady || isPending) return null;
    setPending(true);
    const outcome = await createExample(workspace, {
      id,
      datasetId,
      messages: [{ role: 'user', content: text.prompt }],
      reply: text.reply,
      topic: text.topic.trim() || null,
    });
    setPending(false);
    if (!outcome.ok) {
      setError(outcome.message || t('save.offline'));
      return null;
    }
    reset();
    onDetail(outcome.data);
    onListChanged();
    return outcome.data;
  };
  return { text, change, create, reset, isPending, isReady, error };
}
