import { isIP } from 'node:net';

/** Whether a network address is this machine itself. */
export function isLoopbackAddress(address: string | null | undefined): boolean {
  if (!address) return false;
  const plain = address.toLowerCase().replace(/^::ffff:/, '');
  return plain === '::1' || /^127(\.\d{1,3}){3}$/.test(plain);
}

/** Whether an address belongs to this machine or a private network, where a proxy would stand. */
export function isPrivateAddress(address: string): boolean {
  const plain = address.toLowerCase().replace(/^::ffff:/, '');
  if (isLoopbackAddress(plain)) return true;
  if (/^(f[cd]|fe[89ab])/.test(plain) && isIP(plain) === 6) return true;
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(
    plain,
  );
}

/** Whether a Host header or host name names this machine. */
export function isLoopbackHost(host: string | null | undefined): boolean {
  if (!host) return false;
  const name = host.toLowerCase().replace(/:\d+$/, '');
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** What the server itself saw of a request, before any header could be added to it. */
export type Peer = { address: string; forwarded: boolean };

/**
 * The address that tries are counted for. A proxy on this machine or network appends the
 * address that it saw to X-Forwarded-For, so the last entry counts, and only from such a peer.
 * IPv6 callers own whole networks: the first 64 bits count.
 */
export function countedAddress(peer: Peer | null, forwardedFor: string | null): string | null {
  if (!peer) return null;
  const last = forwardedFor?.split(',').at(-1)?.trim() ?? '';
  const address =
    peer.forwarded && isPrivateAddress(peer.address) && isIP(last) ? last : peer.address;
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  return isIP(plain) === 6 ? network64(plain) : plain;
}

function network64(address: string): string {
  const [head = '', tail] = address.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const zeros =
    tail === undefined ? [] : Array(Math.max(0, 8 - left.length - right.length)).fill('0');
  const groups = [...left, ...zeros, ...right].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

/**
 * Whether "Step in as …" is offered: the installation's address, the Host header and the peer
 * are all this machine, and nothing forwarded the request. An unknown peer is a no.
 */
export function canStepIn(request: {
  appUrl: string;
  host: string | null;
  peer: Peer | null;
}): boolean {
  return (
    isLoopbackHost(new URL(request.appUrl).host) &&
    isLoopbackHost(request.host) &&
    isLoopbackAddress(request.peer?.address) &&
    request.peer?.forwarded === false
  );
}

/**
 * Whether a browser would keep the session's cookie: https, or this machine. `scheme` is what the
 * outermost proxy says it was reached by, if there is one.
 */
export function isSecureEnough(request: { appUrl: string; host: string | null }): boolean {
  const url = new URL(request.appUrl);
  if (url.protocol === 'https:') return true;
  return isLoopbackHost(url.host) && isLoopbackHost(request.host);
}
