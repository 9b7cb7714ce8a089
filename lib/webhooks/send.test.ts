// Against real sockets: a canary that listens on this machine must never be reached by a name or an
// address that the operator has not named.
import { createServer, type Server } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Resolve, type Sending, sendMessage } from '@/lib/webhooks/send';

let canary: net.Server;
let connections = 0;
let receiver: Server;
let answer: (response: import('node:http').ServerResponse) => unknown;

const listen = (server: net.Server, host = '127.0.0.1') =>
  new Promise<number>((done) =>
    server.listen(0, host, () => done((server.address() as AddressInfo).port)),
  );
let canaryPort: number;
let port: number;

beforeAll(async () => {
  canary = net.createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  canaryPort = await listen(canary);
  receiver = createServer((request, response) => {
    request.resume().on('end', () => answer(response));
  });
  port = await listen(receiver);
});
beforeEach(() => {
  connections = 0;
  answer = (response) => response.writeHead(200).end('fine');
});
afterAll(() => {
  canary.close();
  receiver.closeAllConnections();
  receiver.close();
});

const send = (url: string, over: Partial<Sending> = {}) =>
  sendMessage({
    url,
    headers: {},
    body: '{}',
    allowed: [],
    signal: new AbortController().signal,
    ...over,
  });
const names =
  (...rounds: string[][]): Resolve =>
  async () =>
    (rounds.length > 1 ? (rounds.shift() ?? []) : (rounds[0] ?? [])).map((address) => ({
      address,
      family: net.isIP(address),
    }));

test('the canary can be reached by whoever is let through', async () => {
  const origin = `http://canary.example:${canaryPort}`;
  const sent = await send(`${origin}/`, { allowed: [origin], resolve: names(['127.0.0.1']) });
  expect(sent.outcome).toBe('broken');
  expect(connections).toBe(1);
});

test.each([
  'https://127.0.0.1:PORT/',
  'https://2130706433:PORT/',
  'https://0x7f000001:PORT/',
  'https://[::ffff:127.0.0.1]:PORT/',
  'http://127.0.0.1:PORT/',
  'https://user@127.0.0.1:PORT/',
  'file:///etc/passwd',
])('%s is refused before a connection', async (url) => {
  expect(await send(url.replace('PORT', String(canaryPort)))).toMatchObject({
    outcome: 'refused',
    status: null,
  });
  expect(connections).toBe(0);
});

test.each([
  ['loopback', ['127.0.0.1']],
  ['the inside', ['10.0.0.1']],
  ['cloud metadata', ['169.254.169.254']],
  ['loopback in IPv6', ['::1']],
  ['mapped loopback', ['::ffff:127.0.0.1']],
  ['one public and one private address', ['93.184.216.34', '127.0.0.1']],
  ['nothing', []],
])('a name that resolves to %s is refused', async (_, addresses) => {
  const sent = await send('https://hooks.example/', { resolve: names(addresses) });
  expect(sent).toMatchObject({ outcome: 'refused', status: null });
});

test('names of this machine, as the system resolves them', async () => {
  // Some systems know no name with a dot at its end.
  for (const host of ['localhost', 'localhost.', 'LOCALHOST'])
    expect(['refused', 'unknown_host']).toContain((await send(`https://${host}/`)).outcome);
});

test('a name is looked up once for the connection: changing its answer later changes nothing', async () => {
  const origin = `http://rebind.example:${port}`;
  const rounds: string[] = [];
  const resolve: Resolve = async (hostname) => {
    rounds.push(hostname);
    return [{ address: rounds.length === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }];
  };
  const first = await send(`${origin}/`, { allowed: [origin], resolve });
  expect(first).toMatchObject({ outcome: 'delivered', status: 200 });
  expect(rounds).toEqual(['rebind.example']);
  // The next message looks it up again, and judges what it says then.
  expect(await send(`${origin}/`, { allowed: [origin], resolve })).toMatchObject({
    outcome: 'refused',
  });
});

test('an origin that the operator named opens its own port and no other', async () => {
  const allowed = [`http://127.0.0.1:${port}`];
  expect(await send(`http://127.0.0.1:${port}/`, { allowed })).toMatchObject({ status: 200 });
  expect(await send(`http://127.0.0.1:${canaryPort}/`, { allowed })).toMatchObject({
    outcome: 'refused',
  });
  expect(connections).toBe(0);
});

test('a redirect to the inside is an answer and nothing is followed', async () => {
  answer = (response) =>
    response.writeHead(302, { location: `http://127.0.0.1:${canaryPort}/` }).end();
  const allowed = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${canaryPort}`];
  expect(await send(`http://127.0.0.1:${port}/`, { allowed })).toMatchObject({
    outcome: 'redirected',
    status: 302,
  });
  expect(connections).toBe(0);
});

test('who does not answer in time is left', async () => {
  answer = () => undefined;
  const allowed = [`http://127.0.0.1:${port}`];
  const sent = await send(`http://127.0.0.1:${port}/`, { allowed, timeoutMs: 100 });
  expect(sent).toMatchObject({ outcome: 'timeout', status: null });
  expect(sent.durationMs).toBeGreaterThanOrEqual(95);
});

test('of an endless answer only the beginning is taken', async () => {
  let written = 0;
  answer = (response) => {
    response.writeHead(200);
    const more = () => {
      while (!response.destroyed && written < 1_000_000_000) {
        written += 65_536;
        if (!response.write(Buffer.alloc(65_536))) return void response.once('drain', more);
      }
    };
    more();
  };
  const allowed = [`http://127.0.0.1:${port}`];
  expect(await send(`http://127.0.0.1:${port}/`, { allowed })).toMatchObject({ status: 200 });
  expect(written).toBeLessThan(50_000_000);
});

test('a worker that is told to stop hands the attempt back', async () => {
  answer = () => undefined;
  const stopping = new AbortController();
  const allowed = [`http://127.0.0.1:${port}`];
  const sending = send(`http://127.0.0.1:${port}/`, { allowed, signal: stopping.signal });
  stopping.abort();
  await expect(sending).rejects.toMatchObject({ name: 'AbortError' });
});

test('faults of the connection have their names', async () => {
  const origin = `https://127.0.0.1:${port}`;
  expect(await send(`${origin}/`, { allowed: [origin] })).toMatchObject({ outcome: 'tls' });
  const failing: Resolve = async () => {
    throw Object.assign(new Error('no'), { code: 'ENOTFOUND' });
  };
  expect(await send('https://hooks.example/', { resolve: failing })).toMatchObject({
    outcome: 'unknown_host',
  });
});
