import { createLoader, parseAsStringLiteral } from 'nuqs/server';
import { shownAnswers } from './comparison-rules';
import { regressionKinds } from './regression-schema';

/** Which list of a result a page shows; what does not parse is the first one. */
export const loadListUrl = createLoader({
  kind: parseAsStringLiteral(regressionKinds).withDefault('everyday'),
  show: parseAsStringLiteral(shownAnswers).withDefault('worse'),
});
