/** Where people land who come from nowhere in particular. */
export const defaultPath = '/';

const longest = 2_000;

/**
 * The path inside this app that a `next` or `callbackUrl` names, or the start page for anything
 * that could lead elsewhere. Only a plain absolute path, or a full address of `origin`, passes;
 * what a browser would read differently from a server (backslashes, control characters, encoded
 * slashes at the start) does not.
 */
export function safePath(value: string | null | undefined, origin: string): string {
  if (!value || value.length > longest) return defaultPath;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\u0000-\u0020\u007f\\]/.test(value)) return defaultPath;
  const absolute = value.startsWith('/') ? null : parseUrl(value);
  if (!value.startsWith('/') && (absolute === null || absolute.origin !== origin))
    return defaultPath;
  if (absolute && (absolute.username || absolute.password)) return defaultPath;
  const url = absolute ?? parseUrl(value, origin);
  if (!url || url.origin !== origin) return defaultPath;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return defaultPath;
  const path = `${url.pathname}${url.search}${url.hash}`;
  if (path.startsWith('//') || /^\/(%2f|%5c)/i.test(path)) return defaultPath;
  if (/%(0[0-9a-f]|1[0-9a-f]|7f)/i.test(url.pathname)) return defaultPath;
  return path;
}

function parseUrl(value: string, base?: string): URL | null {
  try {
    return new URL(value, base);
  } catch {
    return null;
  }
}
