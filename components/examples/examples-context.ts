'use client';

import { createContext, use } from 'react';
import type { HouseRule } from '@/lib/checks/rule-schema';
import type { ExampleDetail } from '@/lib/examples/example-detail';
import type { ExampleRow } from '@/lib/examples/example-queries';
import type { Result } from '@/lib/result';
import type { Commit, CommitQueue } from './commit-queue';

/** What everything on the examples page knows. */
export type ExamplesContextValue = {
  workspace: string;
  datasetId: string;
  userId: string;
  isArchived: boolean;
  canRetire: boolean;
  /** Withdraws the approval that stands for an example; given by the page, as reviews own it. */
  withdrawApproval: (input: { workspace: string; exampleId: string }) => Promise<Result<unknown>>;
  brief: { rules: HouseRule[]; slots: string[]; systemPrompt: string } | null;
};

export type Choices = {
  topics: { value: string | null; count: number }[];
  tags: { value: string; count: number }[];
  authors: { id: string; name: string; count: number }[];
};

export type ExamplesState = ExamplesContextValue & {
  choices: Choices;
  queue: CommitQueue;
  commits: ReadonlyMap<string, Commit>;
  /** Words of the search, to be marked in the texts. */
  query: string | null;
  /** A row, or a whole example, came back from the server. */
  onRow: (row: ExampleRow) => void;
  onDetail: (detail: ExampleDetail) => void;
  /** This person's text was stored, or thrown away, as long as that revision is the current one. */
  onWorkingCopy: (id: string, revisionId: string, copy: ExampleDetail['workingCopy']) => void;
  /** The newest whole examples that this page has, by id. */
  details: Readonly<Record<string, ExampleDetail>>;
  /** The list itself changed: counts, order, what matches. */
  onListChanged: () => void;
};

export const ExamplesContext = createContext<ExamplesState | null>(null);

export function useExamples(): ExamplesState {
  const value = use(ExamplesContext);
  if (!value) throw new Error('useExamples outside of the examples page');
  return value;
}
