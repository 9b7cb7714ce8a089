import { cookies } from 'next/headers';
import { isTheme, THEME_COOKIE, type Theme } from './theme';

/** The theme this browser chose; rendered on the server, so that nothing flashes. */
export async function readTheme(): Promise<Theme> {
  const value = (await cookies()).get(THEME_COOKIE)?.value;
  return isTheme(value) ? value : 'system';
}
