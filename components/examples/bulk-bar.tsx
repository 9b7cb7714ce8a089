'use client';

import { Copy, MoreHorizontal, RotateCcw, Send, Tag, Trash2, Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { BulkMoveKind, ExampleFilter } from '@/lib/examples/example-schema';
import { SelectionBar } from '../data-table/selection-bar';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu';
import { BulkLabelDialog, type LabelMove } from './bulk-label-dialog';
import { BulkProgress } from './bulk-progress';
import { useExamples } from './examples-context';
import { useBulk } from './use-bulk';
import type { ExampleTable } from './use-example-table';

export interface BulkBarProps {
  selection: ExampleTable;
  count: number;
  filter: ExampleFilter;
}

/** What can be done with the selected examples; stands where the filters were. */
export function BulkBar({ selection, count }: BulkBarProps) {
  const t = useTranslations('examples');
  const { workspace, canRetire, isArchived } = useExamples();
  const { run, isPending, jobId, onJobEnd } = useBulk(selection);
  const [labelling, setLabelling] = useState<LabelMove | null>(null);
  const selected = selection.isAll ? count : selection.selectedCount;
  const move = (kind: BulkMoveKind) => void run(kind);
  const isBusy = isPending || jobId !== null || isArchived;
  if (jobId) return <BulkProgress workspace={workspace} jobId={jobId} onEnd={onJobEnd} />;
  return (
    <SelectionBar
      summary={t('selected', { count: selected })}
      clearLabel={t('clearSelection')}
      onClear={selection.clear}
      widen={
        selection.isPageSelected && !selection.isAll && count > selection.selectedCount ? (
          <Button size="small" variant="quiet" onClick={selection.selectAllMatching}>
            {t('selectMatching', { count })}
          </Button>
        ) : null
      }
    >
      <Button
        size="small"
        disabled={isBusy}
        icon={<Send aria-hidden="true" />}
        onClick={() => move({ kind: 'submit' })}
      >
        {t('moves.submit')}
      </Button>
      <Button
        size="small"
        disabled={isBusy}
        icon={<Undo2 aria-hidden="true" />}
        className="max-sm:hidden"
        onClick={() => move({ kind: 'take_back' })}
      >
        {t('moves.take_back')}
      </Button>
      <Button
        size="small"
        disabled={isBusy}
        icon={<Tag aria-hidden="true" />}
        className="max-md:hidden"
        onClick={() => setLabelling('set_topic')}
      >
        {t('moves.set_topic')}
      </Button>
      <Menu
        align="end"
        trigger={
          <IconButton
            size="small"
            variant="secondary"
            disabled={isBusy}
            label={t('more')}
            icon={<MoreHorizontal aria-hidden="true" />}
          />
        }
      >
        <MenuItem icon={<Undo2 aria-hidden="true" />} onClick={() => move({ kind: 'take_back' })}>
          {t('moves.take_back')}
        </MenuItem>
        <MenuItem icon={<Tag aria-hidden="true" />} onClick={() => setLabelling('set_topic')}>
          {t('moves.set_topic')}
        </MenuItem>
        <MenuItem icon={<Tag aria-hidden="true" />} onClick={() => setLabelling('add_tag')}>
          {t('moves.add_tag')}
        </MenuItem>
        <MenuItem icon={<Tag aria-hidden="true" />} onClick={() => setLabelling('remove_tag')}>
          {t('moves.remove_tag')}
        </MenuItem>
        <MenuItem icon={<Copy aria-hidden="true" />} onClick={() => move({ kind: 'duplicate' })}>
          {t('moves.duplicate')}
        </MenuItem>
        {canRetire ? (
          <>
            <MenuSeparator />
            <MenuItem
              icon={<RotateCcw aria-hidden="true" />}
              onClick={() => move({ kind: 'unretire' })}
            >
              {t('moves.unretire')}
            </MenuItem>
            <MenuItem
              tone="danger"
              icon={<Trash2 aria-hidden="true" />}
              onClick={() => move({ kind: 'retire' })}
            >
              {t('moves.retire')}
            </MenuItem>
          </>
        ) : null}
      </Menu>
      <BulkLabelDialog
        kind={labelling}
        count={selected}
        onClose={() => setLabelling(null)}
        onConfirm={(chosen) => {
          setLabelling(null);
          move(chosen);
        }}
      />
    </SelectionBar>
  );
}
