import { expect, test } from 'vitest';
import { newsOf, type PartVerdict } from '@/lib/proofs/decision-rules';

const fresh = (verdict: PartVerdict['verdict']): PartVerdict => ({ part: 'fresh', verdict });
const known = (verdict: PartVerdict['verdict']): PartVerdict => ({ part: 'known', verdict });
const open = fresh('not_proven');
const better = fresh('better_and_good_enough');
const worse = fresh('no_better_than_instructions');
const impossible = known('cannot_be_proven');

test.each([
  ['nothing is decided yet', [open], [], 'open', []],
  ['it cannot be decided', [fresh('cannot_be_proven')], [], 'open', []],
  ['it is first decided', [better], [], 'open', [better]],
  ['the other part is open', [better, known('not_proven')], [], 'open', [better]],
  ['it was told before', [better], [better], 'open', []],
  ['it changed since', [worse], [better], 'open', []],
  ['it is open again', [open], [better], 'open', []],
  [
    'the other part is decided later',
    [better, known('better_not_good_enough')],
    [better],
    'open',
    [known('better_not_good_enough')],
  ],
  ['it is closed undecided', [open, impossible], [], 'closing', [open, impossible]],
  ['it is closed as told', [better, impossible], [better], 'closing', []],
  ['it is closed otherwise than told', [worse, impossible], [better], 'closing', [worse]],
  ['it is closed open again', [open], [better], 'closing', [open]],
] as const)('where %s', (_, verdicts, told, when, news) => {
  expect(newsOf(verdicts, told, when)).toEqual(news);
});
