// The web server: Next's own, behind a look at the request line. What Next meets with a bare 500
// before any code of the app runs is refused here in one sentence; what it writes about an error
// stays on one line.
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { keepOnOneLine } from './one-line.mjs';
import { refuse } from './refusal.mjs';

keepOnOneLine(process.stdout);
keepOnOneLine(process.stderr);

const createServer = http.createServer;

/** @param {any[]} given options and listener, or the listener alone */
function createGuardedServer(...given) {
  const listener = given.at(-1);
  if (typeof listener !== 'function') return createServer(...given);
  /** @type {http.RequestListener} */
  const guarded = (request, response) => {
    if (!refuse(request, response)) listener(request, response);
  };
  return createServer(...given.slice(0, -1), guarded);
}

http.createServer = /** @type {typeof createServer} */ (createGuardedServer);
syncBuiltinESMExports();
// A name that no type check looks for: the build makes the file.
const server = '../.next/standalone/server.js';
await import(server);
