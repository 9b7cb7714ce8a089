interface ExpertDetailsProps {
  title: string;
  text?: string;
  children: React.ReactNode;
}

/** Figures for those who want to check; folded for everybody else, and left out where words are looked for. */
export function ExpertDetails({ title, text, children }: ExpertDetailsProps) {
  return (
    <details data-expert className="max-w-3xl">
      <summary className="w-fit rounded-control py-1 text-14 text-ink-2">{title}</summary>
      {text ? <p className="py-1 text-13 text-ink-3">{text}</p> : null}
      {children}
    </details>
  );
}
