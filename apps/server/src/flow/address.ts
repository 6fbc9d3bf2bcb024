import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/** Who asks. `trustProxy` proxies before us are believed, each about the one before it. */
export function addressOf(request: IncomingMessage, trustProxy: number): string {
  const header = request.headers['x-forwarded-for'];
  const told = (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((one) => one.trim());
  const hops = [request.socket.remoteAddress ?? '', ...told.filter((one) => one !== '').reverse()];
  return hops[Math.min(trustProxy, hops.length - 1)] ?? '';
}

/** What one household, shop or attacker has: an IPv4 address, of IPv6 the first 64 bits. */
export function networkOf(address: string): string {
  const bare = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(bare)) return bare;
  const [head = '', tail] = bare.split('::');
  const groups = (text: string): string[] => text.split(':').filter((group) => group !== '');
  const first = groups(head);
  const zeros = tail === undefined ? 0 : 8 - first.length - groups(tail).length;
  const all = [...first, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...groups(tail ?? '')];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
