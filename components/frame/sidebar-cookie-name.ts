/** Holds `open` or `closed`. */
export const SIDEBAR_COOKIE = 'sidebar';
