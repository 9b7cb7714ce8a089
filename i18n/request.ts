import { cookies } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { FORMATS } from './formats';
import { requestLocale } from './locale';
import { loadMessages } from './messages';
import { isTimeZone, TIME_ZONE_COOKIE } from './time-zone';

export default getRequestConfig(async () => {
  const locale = await requestLocale();
  const zone = (await cookies()).get(TIME_ZONE_COOKIE)?.value;
  return {
    locale,
    messages: loadMessages(locale),
    // The browser says its zone after the first page; until then times are the server's.
    timeZone: isTimeZone(zone) ? zone : Intl.DateTimeFormat().resolvedOptions().timeZone,
    now: new Date(),
    formats: FORMATS,
  };
});
