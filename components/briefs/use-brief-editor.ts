'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { saveBriefAction } from '@/lib/datasets/brief-actions';
import type { BriefConflict, BriefContent } from '@/lib/datasets/brief-schema';
import type { ResultError } from '@/lib/result';
import { type LocalDraft, localDraftKey, readLocalDraft, writeLocalDraft } from './local-draft';

export interface BriefEditorInput {
  workspace: string;
  datasetId: string;
  userId: string;
  /** The newest version, as the server has it. */
  version: number;
  content: BriefContent;
}

type EditorState = {
  baseVersion: number;
  /** What the base version says. */
  base: BriefContent;
  content: BriefContent;
  restoredFrom: string | null;
};

export type SaveOutcome =
  | { kind: 'saved'; version: number; isNew: boolean }
  | { kind: 'failed'; error: ResultError }
  | { kind: 'offline' };

const same = (a: BriefContent, b: BriefContent) => JSON.stringify(a) === JSON.stringify(b);

/** The text of a brief while it is written: kept in the browser, saved over a version, never lost. */
export function useBriefEditor(input: BriefEditorInput) {
  const { workspace, datasetId, userId, version, content } = input;
  const router = useRouter();
  const key = localDraftKey(userId, datasetId);
  const [state, setState] = useState<EditorState>(() => start(version, content));
  const [conflict, setConflict] = useState<BriefConflict | null>(null);
  const [outcome, setOutcome] = useState<SaveOutcome | null>(null);
  const [isSaving, setSaving] = useState(false);
  const isDirty = !same(state.base, state.content);

  // A newer version came with the page (somebody saved, or we did): untouched text follows it.
  const [seenVersion, setSeenVersion] = useState(version);
  if (seenVersion !== version) {
    setSeenVersion(version);
    if (!isDirty) setState(start(version, content));
  }
  useRestore(key, version, content, setState);
  useKeep(key, state, isDirty);

  const change = (
    part: Partial<BriefContent> | ((before: BriefContent) => Partial<BriefContent>),
  ) =>
    setState((before) => ({
      ...before,
      content: {
        ...before.content,
        ...(typeof part === 'function' ? part(before.content) : part),
      },
    }));

  const save = async () => {
    const sent = state.content;
    setSaving(true);
    setOutcome(null);
    const result = await saveBriefAction({
      workspace,
      datasetId,
      baseVersion: state.baseVersion,
      content: sent,
    }).catch(() => null);
    setSaving(false);
    if (result === null) {
      setOutcome({ kind: 'offline' });
    } else if (result.ok) {
      const saved = result.data;
      // What was typed while saving stays, now over the new version.
      setState((before) => ({
        ...before,
        base: sent,
        baseVersion: saved.version,
        restoredFrom: null,
      }));
      setOutcome({ kind: 'saved', version: saved.version, isNew: saved.isNew });
      router.refresh();
    } else if (isBriefConflict(result.error.data)) {
      setConflict(result.error.data);
    } else {
      setOutcome({ kind: 'failed', error: result.error });
    }
  };

  return {
    ...state,
    isDirty,
    isSaving,
    outcome,
    conflict,
    change,
    save,
    discard: () => {
      writeLocalDraft(key, null);
      setOutcome(null);
      setState(start(version, content));
    },
    resolve: (chosen: BriefContent, theirs: BriefConflict) => {
      setConflict(null);
      setState({
        baseVersion: theirs.version,
        base: theirs.content,
        content: chosen,
        restoredFrom: null,
      });
      router.refresh();
    },
  };
}

export type BriefEditorHandle = ReturnType<typeof useBriefEditor>;

function start(version: number, content: BriefContent): EditorState {
  return { baseVersion: version, base: content, content, restoredFrom: null };
}

function isBriefConflict(data: unknown): data is BriefConflict {
  return typeof data === 'object' && data !== null && 'content' in data && 'version' in data;
}

/** Takes up what this person left unsaved in this browser. */
function useRestore(
  key: string,
  version: number,
  content: BriefContent,
  setState: (state: EditorState) => void,
) {
  const done = useRef(false);
  useEffect(() => {
    if (done.current) return;
    done.current = true;
    const draft = readLocalDraft(key);
    if (!draft) return;
    if (same(draft.content, content)) {
      writeLocalDraft(key, null);
      return;
    }
    // Over an older version the save will meet the newer one and show both.
    setState({
      baseVersion: Math.min(draft.baseVersion, version),
      base: draft.base,
      content: draft.content,
      restoredFrom: draft.savedAt,
    });
  }, [key, version, content, setState]);
}

const KEEP_DELAY_MS = 300;

/** Keeps unsaved text in the browser, and asks before the tab is closed over it. */
function useKeep(key: string, state: EditorState, isDirty: boolean) {
  const latest = useRef<LocalDraft | null>(null);
  useEffect(() => {
    const { baseVersion, base, content } = state;
    const wasDirty = latest.current !== null;
    latest.current = isDirty
      ? { baseVersion, base, content, savedAt: new Date().toISOString() }
      : null;
    if (!isDirty) {
      if (wasDirty) writeLocalDraft(key, null);
      return;
    }
    const timer = setTimeout(() => writeLocalDraft(key, latest.current), KEEP_DELAY_MS);
    return () => clearTimeout(timer);
  }, [key, state, isDirty]);
  useEffect(() => {
    const keep = () => {
      if (latest.current) writeLocalDraft(key, latest.current);
    };
    const ask = (event: BeforeUnloadEvent) => {
      keep();
      if (latest.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('beforeunload', ask);
      window.removeEventListener('pagehide', keep);
      // Going to another page of the app ends this before the timer does.
      keep();
    };
  }, [key]);
}
