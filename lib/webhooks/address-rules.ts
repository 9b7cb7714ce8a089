import ipaddr from 'ipaddr.js';

/** Why an address is no place for a webhook; each has its sentence in messages/en/webhooks.json. */
export type AddressFault = 'notAnAddress' | 'userinfo' | 'notHttps' | 'port' | 'private';

/** Ranges (names of ipaddr.js) that an origin may lie in when the operator has named it. */
const innerRanges = ['loopback', 'private', 'uniqueLocal', 'carrierGradeNat'];

/** Inside a private range, and yet where clouds hand out credentials: of AWS and of Alibaba. */
const metadataAddresses = ['fd00:ec2::254', '100.100.100.200'];

/** What IANA has given out for the public internet; everything else of IPv6 is for something special. */
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/**
 * Whether a connection to an IP address may be made. Only addresses of the public internet, and
 * those of one's own network where `allowsInner`; never link-local ones (cloud metadata), multicast,
 * unspecified, or any of the forms of IPv6 that carry an IPv4 address inside.
 */
export function mayConnect(address: string, allowsInner: boolean): boolean {
  if (!ipaddr.isValid(address) || address.includes('%')) return false;
  const parsed = ipaddr.parse(address);
  if (metadataAddresses.includes(parsed.toString())) return false;
  const range = parsed.range();
  if (allowsInner && innerRanges.includes(range)) return true;
  if (range !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(globalUnicast);
}

/** The host of a URL as an IP address, or null when it is a name. */
export function literalAddress(url: URL): string | null {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return ipaddr.isValid(host) ? host : null;
}

/**
 * What speaks against a URL before anything is looked up, or null. `allowed`: the origins that the
 * operator has named; for these scheme and port are free and private addresses are possible. URLs
 * are read as browsers do, so 2130706433, 0x7f.1 and 0177.0.0.1 are 127.0.0.1.
 */
export function findAddressFault(text: string, allowed: readonly string[]): AddressFault | null {
  if (!URL.canParse(text)) return 'notAnAddress';
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol) || url.hash !== '') return 'notAnAddress';
  if (url.username !== '' || url.password !== '') return 'userinfo';
  const isNamed = allowed.includes(url.origin);
  if (!isNamed && url.protocol !== 'https:') return 'notHttps';
  if (!isNamed && url.port !== '') return 'port';
  const literal = literalAddress(url);
  if (literal !== null && !mayConnect(literal, isNamed)) return 'private';
  return null;
}
