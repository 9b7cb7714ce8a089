'use client';

import { Field } from '@base-ui/react/field';
import { cn } from './cn';
import { CONTROL } from './control-class';
import { useHydrated } from './use-hydrated';

export interface TextareaProps
  extends Omit<React.ComponentProps<'textarea'>, 'className' | 'style'> {
  className?: string;
  /** `reading` is the large type in which people read and write at length. */
  look?: 'form' | 'reading';
}

/**
 * A text field that grows with its text; the browser's own field sizing does the measuring. It
 * takes text only once the page listens, because hydration would put back what stood there before.
 */
export function Textarea({ className, look = 'form', rows = 3, ...props }: TextareaProps) {
  const isListening = useHydrated();
  return (
    <Field.Control
      render={
        <textarea
          dir="auto"
          {...props}
          readOnly={props.readOnly || !isListening}
          rows={rows}
          className={cn(
            CONTROL,
            'field-sizing-content max-h-[60vh] resize-y py-1.5',
            look === 'reading' ? 'max-w-reading text-16' : null,
            className,
          )}
        />
      }
    />
  );
}
