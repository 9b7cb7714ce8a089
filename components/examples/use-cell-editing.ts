'use client';

import { useTranslations } from 'next-intl';
import { type RefObject, useState } from 'react';
import type { ExampleRow } from '@/lib/examples/example-queries';
import type { DataGridHandle } from '../data-table/data-grid';
import type { GridCellPlace } from '../data-table/grid-features';
import { useToast } from '../ui/toast';
import type { EditorExit } from './cell-editor';
import { isEditablePart, type WholeText, wholeOf } from './cell-text';
import { fetchExample } from './example-api';
import { useExamples } from './examples-context';
import { readLocalCopy } from './local-copies';

/** Which cell is being edited, with its text whole. */
export function useCellEditing(input: {
  rows: ExampleRow[];
  grid: RefObject<DataGridHandle | null>;
  openExample: (number: number) => void;
}) {
  const t = useTranslations('examples');
  const toast = useToast();
  const { workspace, userId, commits } = useExamples();
  const [editing, setEditing] = useState<{ place: GridCellPlace; whole: WholeText | null } | null>(
    null,
  );
  const { rows, grid, openExample } = input;

  const start = (place: GridCellPlace) => {
    const row = rows.find(({ id }) => id === place.rowId);
    if (!row || !isEditablePart(place.columnId)) return;
    const isText = place.columnId === 'prompt' || place.columnId === 'reply';
    // A conversation, and a text whose last change is not settled, need the room of the panel.
    const isOpenElsewhere = row.hasWorkingCopy || readLocalCopy(userId, row.id) !== null;
    if (commits.has(row.id) || (isText && (isOpenElsewhere || isTalk(row, place.columnId)))) {
      openExample(row.number);
      return;
    }
    if (isText && row.status === 'retired') {
      toast.show({ title: t('why.retired') });
      return;
    }
    setEditing({ place, whole: isText ? wholeOf(row) : { ...row } });
    if (isText && !row.isWhole) void load(place);
  };

  const load = async (place: GridCellPlace) => {
    const outcome = await fetchExample(workspace, place.rowId);
    setEditing((now) => {
      if (now?.place !== place) return now;
      if (!outcome.ok) {
        toast.show({ title: outcome.message || t('save.offline'), tone: 'negative' });
        return null;
      }
      const { row, content } = outcome.data;
      const prompt = content.messages.map((message) => message.content).join('\n\n');
      return { place, whole: { ...row, prompt, reply: content.reply } };
    });
  };

  const leave = (exit: EditorExit) => {
    const place = editing?.place;
    setEditing(null);
    if (!place || exit === 'blur') return;
    const step = exit === 'next' ? 1 : exit === 'previous' ? -1 : 0;
    if (step !== 0) {
      const next = grid.current?.nextEditable(place, step) ?? null;
      if (next) {
        start(next);
        return;
      }
    }
    const below = rows[rows.findIndex(({ id }) => id === place.rowId) + 1];
    const target = exit === 'down' && below ? { ...place, rowId: below.id } : place;
    requestAnimationFrame(() => grid.current?.focus(target));
  };

  return { place: editing?.place ?? null, whole: editing?.whole ?? null, start, leave };
}

const isTalk = (row: ExampleRow, column: string) => column === 'prompt' && row.messageCount > 1;
