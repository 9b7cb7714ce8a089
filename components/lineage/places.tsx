/** One kind of what holds a person. Nothing of a kind shows no heading. */
export function Places(props: { title: string; count: number; children: React.ReactNode }) {
  const { title, count, children } = props;
  if (count === 0) return null;
  return (
    <section>
      <h3 className="mb-1 text-14 font-medium">{title}</h3>
      <ul className="flex flex-col gap-1">{children}</ul>
    </section>
  );
}
