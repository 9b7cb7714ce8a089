import { cn } from '../ui/cn';
import { VisibleText } from '../ui/visible-text';

type Props = { label: string; text: string; note?: string | null; clamp?: boolean };

/** A text of people or models under its name, as plain text. */
export function AnswerText({ label, text, note, clamp = false }: Props) {
  return (
    <figure className="flex min-w-0 flex-col gap-1">
      <figcaption className="text-12 font-medium text-ink-3">{label}</figcaption>
      <p
        dir="auto"
        className={cn(
          'max-w-reading text-14 break-words whitespace-pre-wrap',
          clamp ? 'line-clamp-6' : null,
        )}
      >
        <VisibleText text={text} />
      </p>
      {note ? <p className="text-12 text-ink-3">{note}</p> : null}
    </figure>
  );
}
