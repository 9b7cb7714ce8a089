'use client';

import { Archive, ArchiveRestore, Copy, MoreHorizontal, RotateCcw, Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ExampleDetail } from '@/lib/examples/example-detail';
import type { Refusal } from '@/lib/examples/example-rules';
import { HotkeyKbd } from '../hotkeys/hotkey-kbd';
import { AlertDialog } from '../ui/alert-dialog';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu';
import { Tooltip } from '../ui/tooltip';
import { useExamples } from './examples-context';
import { type Draft, isIncomplete } from './use-draft';
import type { ExampleMoves } from './use-example-moves';

/** Save, and the next step of this example. */
export function PanelActions(props: { detail: ExampleDetail; draft: Draft; moves: ExampleMoves }) {
  const { detail, draft, moves } = props;
  const t = useTranslations('examples');
  const { isArchived, commits } = useExamples();
  const { may, row } = detail;
  if (isArchived || may.edit !== null) return null;
  const isEmpty = isIncomplete(draft.text);
  const isSaving = commits.get(row.id)?.state.kind === 'saving';
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button
        disabled={!draft.isChanged || isEmpty}
        pending={isSaving && moves.pending === null}
        kbd={<HotkeyKbd id="examples.save" keys="mod+enter" />}
        onClick={() => void draft.save()}
      >
        {t('panel.save')}
      </Button>
      {row.status === 'in_review' ? (
        <Button
          icon={<Undo2 aria-hidden="true" />}
          pending={moves.pending === 'take_back'}
          onClick={() => void moves.run('take_back')}
        >
          {t('moves.take_back')}
        </Button>
      ) : (
        <Why reason={may.submit ? t(`why.${may.submit}`) : null}>
          <Button
            variant="primary"
            disabled={may.submit !== null || isEmpty}
            pending={moves.pending === 'submit'}
            onClick={() => void moves.run('submit')}
          >
            {t('moves.submit')}
          </Button>
        </Why>
      )}
    </div>
  );
}

function Why(props: {
  reason: string | null;
  children: React.ReactElement<Record<string, unknown>>;
}) {
  return props.reason ? <Tooltip text={props.reason}>{props.children}</Tooltip> : props.children;
}

/** The rarer things: duplicate, withdraw the approval, retire. */
export function PanelMenu({ detail, moves }: { detail: ExampleDetail; moves: ExampleMoves }) {
  const t = useTranslations('examples');
  const { isArchived } = useExamples();
  const [isWithdrawing, setWithdrawing] = useState(false);
  const { may, row } = detail;
  if (isArchived) return null;
  const isRetired = row.status === 'retired';
  const retireMove = isRetired ? 'unretire' : 'retire';
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton size="small" label={t('more')} icon={<MoreHorizontal aria-hidden="true" />} />
        }
      >
        <MenuItem
          icon={<Copy aria-hidden="true" />}
          disabled={may.duplicate !== null}
          onClick={() => void moves.duplicate()}
        >
          {t('moves.duplicate')}
        </MenuItem>
        {may.withdraw === 'notApproved' ? null : (
          <MenuItem
            icon={<RotateCcw aria-hidden="true" />}
            disabled={may.withdraw !== null}
            onClick={() => setWithdrawing(true)}
          >
            {t('moves.withdraw')}
            <Reason reason={may.withdraw} />
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem
          icon={isRetired ? <ArchiveRestore aria-hidden="true" /> : <Archive aria-hidden="true" />}
          tone={isRetired ? 'normal' : 'danger'}
          disabled={may[retireMove] !== null}
          onClick={() => void moves.run(retireMove)}
        >
          {t(`moves.${retireMove}`)}
          <Reason reason={may[retireMove]} />
        </MenuItem>
      </Menu>
      <AlertDialog
        open={isWithdrawing}
        onOpenChange={setWithdrawing}
        title={t('withdraw.title', { number: row.number })}
        effect={t(isRetired ? 'withdraw.effectRetired' : 'withdraw.effect')}
        confirmLabel={t('withdraw.confirm')}
        onConfirm={moves.withdraw}
      />
    </>
  );
}

/** Why a command of the menu cannot be used now. */
function Reason({ reason }: { reason: Refusal | null }) {
  const t = useTranslations('examples');
  return reason ? <span className="block text-12 text-ink-3">{t(`why.${reason}`)}</span> : null;
}
