'use client';

import { useTranslations } from 'next-intl';
import type { VoteChoice } from '@/lib/proofs/proof-schema';
import { HotkeyKbd } from '../hotkeys/hotkey-kbd';
import { useHotkey } from '../hotkeys/use-hotkey';
import { Button } from '../ui/button';

const keys = { a: '1', b: '2', tie: '3', both_bad: '4' } as const satisfies Record<
  VoteChoice,
  string
>;
/** In the order of the keys. */
const choices = ['a', 'b', 'tie', 'both_bad'] as const satisfies readonly VoteChoice[];

type Props = { enabled: boolean; onVote: (choice: VoteChoice) => void };

/** The four things that can be said about two answers, each with its key. */
export function VoteButtons({ enabled, onVote }: Props) {
  const t = useTranslations('proofs.vote');
  return (
    <fieldset aria-label={t('choices')} className="grid grow grid-cols-2 gap-2 sm:grid-cols-4">
      {choices.map((choice) => (
        <VoteButton key={choice} choice={choice} enabled={enabled} onVote={onVote} />
      ))}
    </fieldset>
  );
}

function VoteButton({ choice, enabled, onVote }: Props & { choice: VoteChoice }) {
  const t = useTranslations('proofs.vote');
  const hotkey = { id: `vote.${choice}`, keys: keys[choice] };
  const label = t(`choice.${choice}`);
  useHotkey({ ...hotkey, label, handler: () => onVote(choice), enabled });
  return (
    <Button
      size="large"
      disabled={!enabled}
      aria-keyshortcuts={hotkey.keys}
      kbd={
        <span className="contents max-sm:hidden">
          <HotkeyKbd {...hotkey} />
        </span>
      }
      // The second press of a double click would be a vote on an example that nobody has read.
      onClick={(event) => (event.detail > 1 ? undefined : onVote(choice))}
    >
      {label}
    </Button>
  );
}
