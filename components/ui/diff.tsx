import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { findHiddenRuns } from '@/lib/hidden-characters';
import type { TextPart } from '@/lib/text-diff';
import { VisiblePiece, type VisiblePieceProps } from './visible-text';

type Piece = VisiblePieceProps & Pick<TextPart, 'kind'>;

/** Each part as a piece of the text that it stands in: what went, of the earlier one. */
function toPieces(parts: TextPart[]): Piece[] {
  const without = (left: TextPart['kind']) => {
    const text = parts.reduce((sum, part) => (part.kind === left ? sum : sum + part.text), '');
    return { text, runs: findHiddenRuns(text) };
  };
  const [before, after] = [without('inserted'), without('deleted')];
  let [atBefore, atAfter] = [0, 0];
  return parts.map(({ kind, text: { length } }) => {
    const piece =
      kind === 'deleted'
        ? { kind, ...before, from: atBefore, to: atBefore + length }
        : { kind, ...after, from: atAfter, to: atAfter + length };
    if (kind !== 'inserted') atBefore += length;
    if (kind !== 'deleted') atAfter += length;
    return piece;
  });
}

/** A text with what went and what came: underlined and struck through, not by colour alone. */
export function DiffText({ parts }: { parts: TextPart[] }) {
  const pieces = useMemo(() => toPieces(parts), [parts]);
  return (
    <p dir="auto" className="max-w-reading text-16 whitespace-pre-wrap">
      {pieces.map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
        <DiffPiece key={index} {...piece} />
      ))}
    </p>
  );
}

function DiffPiece({ kind, ...piece }: Piece) {
  const t = useTranslations('ui');
  if (kind === 'same') return <VisiblePiece {...piece} />;
  const Tag = kind === 'inserted' ? 'ins' : 'del';
  return (
    <Tag>
      <span className="sr-only">{` [${t(kind)}: `}</span>
      <VisiblePiece {...piece} />
      <span className="sr-only">] </span>
    </Tag>
  );
}
