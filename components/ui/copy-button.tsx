'use client';

import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from './button';
import type { ButtonSize, ButtonVariant } from './button-class';
import { IconButton } from './icon-button';
import { useToast } from './toast';

export interface CopyButtonProps {
  text: string;
  /** Says what is copied; becomes the words on the button unless `iconOnly`. */
  label?: string;
  iconOnly?: boolean;
  size?: ButtonSize;
  variant?: ButtonVariant;
}

/** Copies a text and says so in place. */
export function CopyButton({ text, label, iconOnly, size = 'small', variant }: CopyButtonProps) {
  const t = useTranslations('ui');
  const toast = useToast();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      toast.show({ title: t('copyFailed'), tone: 'negative' });
    }
  };
  const icon = copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />;
  const words = copied ? t('copied') : (label ?? t('copy'));
  return (
    <>
      {iconOnly ? (
        <IconButton
          label={words}
          icon={icon}
          size={size}
          variant={variant}
          onClick={() => void copy()}
        />
      ) : (
        <Button icon={icon} size={size} variant={variant} onClick={() => void copy()}>
          {words}
        </Button>
      )}
      <span role="status" className="sr-only">
        {copied ? t('copied') : null}
      </span>
    </>
  );
}
