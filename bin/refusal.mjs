// What is refused before Next reads it, since Next would answer with a bare 500: a method that it
// does not know, an address that no text is encoded in. Programs get a problem (RFC 9457).
import texts from '../messages/en/api.json' with { type: 'json' };

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Why a request is refused unread, or null. @param {{ method?: string, url?: string }} request */
function refusal({ method = '', url = '' }) {
  if (!methods.has(method))
    return {
      status: 405,
      code: /** @type {const} */ ('METHOD_NOT_ALLOWED'),
      detail: texts.errors.methodUnknown,
    };
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '');
    return null;
  } catch {
    return {
      status: 400,
      code: /** @type {const} */ ('MALFORMED_ADDRESS'),
      detail: texts.errors.malformedAddress,
    };
  }
}

/**
 * Answers what Next cannot read; says whether it did.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
export function refuse(request, response) {
  const refused = refusal(request);
  if (!refused) return false;
  const { status, code, detail } = refused;
  const isForProgram = request.url?.startsWith('/api/') === true;
  const type = `urn:apprentice:problem:${code.toLowerCase()}`;
  response.writeHead(status, {
    Allow: [...methods].join(', '),
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'Content-Type': isForProgram ? 'application/problem+json' : 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    // The rest of what is sent is not read.
    Connection: 'close',
  });
  response.end(
    isForProgram
      ? JSON.stringify({ type, title: texts.problems[code], status, detail, code })
      : `${detail}\n`,
  );
  return true;
}
