'use client';

import { Check, CornerUpLeft, PenLine, SkipForward } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useHotkey } from '../hotkeys/use-hotkey';
import { Button, type ButtonProps } from '../ui/button';
import { ThumbKbd } from './thumb-kbd';

export interface DecisionBarProps {
  /** A blocker prevents approval; `#review-blocked` says so. */
  blocked: boolean;
  /** False while a form is open or nothing is shown. */
  enabled: boolean;
  onApprove: () => void;
  onCorrect: () => void;
  onSendBack: () => void;
  onSkip: () => void;
}

/** The four ways on from an example, each with its key. At the thumb on a phone. */
export function DecisionBar(props: DecisionBarProps) {
  const { blocked, enabled, onApprove, onCorrect, onSendBack, onSkip } = props;
  const t = useTranslations('reviews.actions');
  return (
    <fieldset
      aria-label={t('label')}
      className="grid grow grid-cols-2 gap-2 sm:flex sm:flex-wrap sm:justify-end"
    >
      <DecisionButton
        hotkey={{ id: 'review.approve', keys: 'a' }}
        variant="primary"
        enabled={enabled && !blocked}
        icon={<Check aria-hidden="true" />}
        aria-describedby={blocked ? 'review-blocked' : undefined}
        label={t('approve')}
        onPress={onApprove}
      />
      <DecisionButton
        hotkey={{ id: 'review.correct', keys: 'e' }}
        enabled={enabled}
        icon={<PenLine aria-hidden="true" />}
        label={t('correct')}
        onPress={onCorrect}
      />
      <DecisionButton
        hotkey={{ id: 'review.sendBack', keys: 'r' }}
        enabled={enabled}
        icon={<CornerUpLeft aria-hidden="true" />}
        label={t('sendBack')}
        onPress={onSendBack}
      />
      <DecisionButton
        hotkey={{ id: 'review.skip', keys: 's' }}
        variant="quiet"
        enabled={enabled}
        icon={<SkipForward aria-hidden="true" />}
        label={t('skip')}
        onPress={onSkip}
      />
    </fieldset>
  );
}

interface DecisionButtonProps extends Omit<ButtonProps, 'onClick' | 'disabled'> {
  hotkey: { id: string; keys: string };
  enabled: boolean;
  label: string;
  onPress: () => void;
}

function DecisionButton({ hotkey, enabled, label, onPress, ...props }: DecisionButtonProps) {
  useHotkey({ ...hotkey, label, handler: onPress, enabled });
  return (
    <Button
      {...props}
      size="large"
      disabled={!enabled}
      aria-keyshortcuts={hotkey.keys.toUpperCase()}
      kbd={<ThumbKbd {...hotkey} />}
      // The second press of a double click would decide about an example that nobody has read.
      onClick={(event) => (event.detail > 1 ? undefined : onPress())}
    >
      {label}
    </Button>
  );
}
