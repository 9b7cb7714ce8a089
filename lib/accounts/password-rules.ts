export const minPasswordLength = 10;
/** Longer ones are refused instead of cut. */
export const maxPasswordLength = 200;

export type PasswordFault =
  | 'passwordTooShort'
  | 'passwordTooLong'
  | 'passwordCommon'
  | 'passwordPersonal';

/**
 * Stems of the passwords that are tried first. A password is common when nothing but digits,
 * signs and repetition is left around such words.
 */
const commonStems = [
  ...['password', 'passwort', 'passw0rd', 'p@ssw0rd', 'p@ssword', 'pass', 'kennwort', 'geheim'],
  ...['qwerty', 'qwertyuiop', 'qwertz', 'qwertzuiop', 'azerty', 'asdfghjkl', 'asdfgh', 'asdf'],
  ...[
    'zxcvbnm',
    'zxcvbn',
    'yxcvbnm',
    '1q2w3e4r5t',
    '1q2w3e4r',
    '1qaz2wsx3edc',
    '1qaz2wsx',
    'qazwsx',
  ],
  ...['letmein', 'welcome', 'willkommen', 'iloveyou', 'admin', 'administrator', 'root', 'login'],
  ...['monkey', 'dragon', 'football', 'baseball', 'basketball', 'superman', 'batman', 'princess'],
  ...['sunshine', 'shadow', 'master', 'michael', 'jennifer', 'jordan', 'trustno', 'starwars'],
  ...['whatever', 'freedom', 'secret', 'summer', 'winter', 'spring', 'autumn', 'sommer', 'company'],
  ...[
    'abcdefghij',
    'abcdefgh',
    'abcdef',
    'abc',
    'changeme',
    'default',
    'guest',
    'user',
    'test',
    'demo',
  ],
  ...[
    'hello',
    'hallo',
    'computer',
    'internet',
    'samsung',
    'google',
    'liverpool',
    'chelsea',
    'arsenal',
  ],
  ...['charlie', 'andrea', 'daniel', 'thomas', 'ashley', 'nicole', 'jessica', 'pokemon', 'naruto'],
  ...[
    'apprentice',
    'correcthorsebatterystaple',
    'mypassword',
    'mysecret',
    'nothing',
    'family',
    'lovely',
  ],
].sort((a, b) => b.length - a.length);

/** Why a new password is refused, or null. No rule about kinds of characters: length is what helps. */
export function passwordFault(password: string, own: string[] = []): PasswordFault | null {
  const length = [...password].length;
  if (length < minPasswordLength) return 'passwordTooShort';
  if (length > maxPasswordLength) return 'passwordTooLong';
  const plain = password.normalize('NFKC').toLowerCase();
  if (isMonotonous(plain) || onlyStemsAndDigits(plain)) return 'passwordCommon';
  const words = own.flatMap((value) => value.toLowerCase().split(/[\s@.]+/u));
  let rest = plain;
  for (const word of words.filter(({ length }) => length >= 4)) rest = rest.replaceAll(word, '');
  if (rest !== plain && rest.replace(/[\p{P}\p{S}\d\s]/gu, '').length < 4)
    return 'passwordPersonal';
  return null;
}

/** Few different characters, or one run of neighbours such as 1234567890 or cba. */
function isMonotonous(text: string): boolean {
  if (new Set(text).size < 4) return true;
  const codes = [...text].map((char) => char.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  const runs = steps.filter(
    (step) => step === 1 || step === -1 || step === 0 || step === -9,
  ).length;
  return runs >= steps.length - 1;
}

function onlyStemsAndDigits(text: string): boolean {
  let rest = text;
  for (const stem of commonStems) rest = rest.replaceAll(stem, '');
  return rest !== text && rest.replace(/[\d\p{P}\p{S}\s]/gu, '').length < 2;
}
