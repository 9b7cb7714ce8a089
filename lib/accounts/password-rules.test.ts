import { expect, test } from 'vitest';
import { passwordFault } from './password-rules';

test.each([
  ['short', 'passwordTooShort'],
  ['123456789', 'passwordTooShort'],
  ['1234567890', 'passwordCommon'],
  ['9876543210', 'passwordCommon'],
  ['aaaaaaaaaaaa', 'passwordCommon'],
  ['abcdefghijklm', 'passwordCommon'],
  ['ababababab', 'passwordCommon'],
  ['Password123', 'passwordCommon'],
  ['passwordpassword', 'passwordCommon'],
  ['P@ssw0rd2026!', 'passwordCommon'],
  ['qwertyuiop', 'passwordCommon'],
  ['1q2w3e4r5t', 'passwordCommon'],
  ['Willkommen2026', 'passwordCommon'],
  ['adminadmin1', 'passwordCommon'],
  ['letmein-2026', 'passwordCommon'],
  ['x'.repeat(201), 'passwordTooLong'],
  ['schneider2026', 'passwordPersonal'],
  ['Maria.Schneider', 'passwordPersonal'],
  ['tulip harbour 41', null],
  ['grüne Fähre im Nebel', null],
  ['七つの海を越えて行くの旅', null],
  ['Kx8!pQ2mZw', null],
  ['schneider walks at dusk', null],
])('%s → %s', (password, expected) => {
  expect(passwordFault(password, ['maria.schneider@shop.example', 'Maria Schneider'])).toBe(
    expected,
  );
});
