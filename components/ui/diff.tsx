import { useTranslations } from 'next-intl';
import type { TextPart } from '@/lib/text-diff';

/** A text with what went and what came: underlined and struck through, not by colour alone. */
export function DiffText({ parts }: { parts: TextPart[] }) {
  return (
    <p dir="auto" className="max-w-reading text-16 whitespace-pre-wrap">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
        <DiffPiece key={index} part={part} />
      ))}
    </p>
  );
}

function DiffPiece({ part }: { part: TextPart }) {
  const t = useTranslations('ui');
  if (part.kind === 'same') return part.text;
  const Tag = part.kind === 'inserted' ? 'ins' : 'del';
  return (
    <Tag>
      <span className="sr-only">{` [${t(part.kind)}: `}</span>
      {part.text}
      <span className="sr-only">] </span>
    </Tag>
  );
}
