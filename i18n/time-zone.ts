export const TIME_ZONE_COOKIE = 'time-zone';

/** True for a zone name that this machine knows, such as "Europe/Berlin". */
export function isTimeZone(value: string | undefined): value is string {
  if (!value) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
