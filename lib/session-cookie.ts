/** Loopback counts as secure: browsers accept Secure cookies there over plain HTTP. */
export const sessionCookieName = '__Host-apprentice.session';
export const sessionMaxAgeSeconds = 7 * 24 * 60 * 60;
