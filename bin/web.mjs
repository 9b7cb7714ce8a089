// The web server: Next's own, behind a look at the request line. What Next meets with a bare 500
// before any code of the app runs (a method that it does not know, an address that no text is
// encoded in) is refused here in one sentence; what it writes about an error stays on one line.
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { keepOnOneLine } from './one-line.mjs';

keepOnOneLine(process.stdout);
keepOnOneLine(process.stderr);

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Why a request is refused unread, or null. @param {http.IncomingMessage} request */
function refusal({ method = '', url = '' }) {
  if (!methods.has(method)) return { status: 405, sentence: 'This method is not known here.' };
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '');
    return null;
  } catch {
    return { status: 400, sentence: 'This address cannot be read.' };
  }
}

const createServer = http.createServer;

/** @param {any[]} given options and listener, or the listener alone */
function createGuardedServer(...given) {
  const listener = given.at(-1);
  if (typeof listener !== 'function') return createServer(...given);
  /** @type {http.RequestListener} */
  const guarded = (request, response) => {
    const refused = refusal(request);
    if (!refused) return listener(request, response);
    response.writeHead(refused.status, {
      Allow: [...methods].join(', '),
      'Cache-Control': 'no-store',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'Content-Type': 'text/plain; charset=utf-8',
      'X-Content-Type-Options': 'nosniff',
      // The rest of what is sent is not read.
      Connection: 'close',
    });
    response.end(`${refused.sentence}\n`);
  };
  return createServer(...given.slice(0, -1), guarded);
}

http.createServer = /** @type {typeof createServer} */ (createGuardedServer);
syncBuiltinESMExports();
// A name that no type check looks for: the build makes the file.
const server = '../.next/standalone/server.js';
await import(server);
