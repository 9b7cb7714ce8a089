import { useTranslations } from 'next-intl';
import { type ShownAnswers, shownAnswers } from '@/lib/regression-set/comparison-rules';
import { type RegressionKind, regressionKinds } from '@/lib/regression-set/regression-schema';
import { LinkButton } from '../ui/button';

export interface ListLinksProps {
  base: string;
  kind: RegressionKind;
  show: ShownAnswers;
}

/** The way from one list of a result to the others. */
export function ListLinks({ base, kind, show }: ListLinksProps) {
  const t = useTranslations('regression');
  const link = (next: { kind: RegressionKind; show: ShownAnswers }, label: string) => {
    const isHere = next.kind === kind && next.show === show;
    return (
      <LinkButton
        key={label}
        size="small"
        variant={isHere ? 'secondary' : 'quiet'}
        aria-current={isHere ? 'page' : undefined}
        prefetch={false}
        href={`${base}?kind=${next.kind}&show=${next.show}`}
      >
        {label}
      </LinkButton>
    );
  };
  return (
    <div className="flex flex-col gap-2">
      <nav aria-label={t('list.kinds')} className="flex flex-wrap gap-1">
        {regressionKinds.map((one) => link({ kind: one, show }, t(`kinds.${one}`)))}
      </nav>
      <nav aria-label={t('list.lists')} className="flex flex-wrap gap-1">
        {shownAnswers.map((one) => link({ kind, show: one }, t(`list.shows.${one}`)))}
      </nav>
    </div>
  );
}
