import { createTranslator } from 'use-intl/core';
import { expect, test } from 'vitest';
import { PSEUDO_LOCALE, pseudoMessage, pseudoTranslate } from './pseudo-locale';

test.each([
  ['Save', '[Såṽé]'],
  ['Hello {name}', '[Héļļö {name}]'],
  [
    '{count, plural, one {# row} other {# rows}} left',
    '[{count, plural, one {# ŕöŵ} other {# ŕöŵš}} ļéƒŧ]',
  ],
  ['{day, date, medium} at <b>noon</b>', '[{day, date, medium} åŧ <b>ñööñ</b>]'],
])('%s becomes %s', (source, expected) => {
  expect(pseudoMessage(source)).toBe(expected);
});

test('the result still formats with its arguments', () => {
  const messages = pseudoTranslate({
    test: { rows: '{count, plural, =0 {no rows} one {# row of {name}} other {# rows of {name}}}' },
  });
  const t = createTranslator({ locale: PSEUDO_LOCALE, messages, namespace: 'test' });
  expect(t('rows' as never, { count: 2, name: 'Maya' } as never)).toBe('[2 ŕöŵš öƒ Maya]');
});
