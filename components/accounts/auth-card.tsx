export interface AuthCardProps {
  title: React.ReactNode;
  description?: React.ReactNode;
  children: React.ReactNode;
}

/** Heading, one sentence and a form, alone on the page. */
export function AuthCard({ title, description, children }: AuthCardProps) {
  return (
    <div className="flex flex-col gap-6 py-8">
      <div>
        <h1 className="text-20 font-semibold text-balance">{title}</h1>
        {description ? <p className="mt-1 text-14 text-pretty text-ink-2">{description}</p> : null}
      </div>
      {children}
    </div>
  );
}
