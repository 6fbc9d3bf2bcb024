import { isIPv4, isIPv6 } from 'node:net';

/**
 * What counts as one place on the network: an IPv4 address, or the /64 of an IPv6 one, of which a single line has as
 * many addresses as it likes. `unknown` for what is neither.
 */
export function networkOf(address: string | null | undefined): string {
  const [bare = ''] = (address ?? '').split('%', 1);
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1] ?? bare;
  if (isIPv4(mapped)) return mapped;
  if (!isIPv6(bare)) return 'unknown';
  // The standard's own spelling: lower case, without leading zeros, an embedded IPv4 address in hex.
  const spelled = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const [head = '', tail] = spelled.split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(8 - groups.length - rest.length).fill('0');
  return `${[...groups, ...zeros, ...rest].slice(0, 4).join(':')}::/64`;
}
