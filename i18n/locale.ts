import { cookies } from 'next/headers';
import { PSEUDO_LOCALE } from './pseudo-locale';

/** The language of this request: English, or the pseudo-locale where tests may ask for it. */
export async function requestLocale(): Promise<string> {
  const pseudoAllowed = process.env.NODE_ENV !== 'production' || process.env.PSEUDO_LOCALE === '1';
  if (!pseudoAllowed) return 'en';
  const wanted = (await cookies()).get('locale')?.value ?? process.env.APPRENTICE_LOCALE;
  return wanted === PSEUDO_LOCALE ? PSEUDO_LOCALE : 'en';
}
