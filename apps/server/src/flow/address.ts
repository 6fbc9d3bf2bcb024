import type { IncomingMessage } from 'node:http';

/** Who asks. `trustProxy` proxies before us are believed, each about the one before it. */
export function addressOf(request: IncomingMessage, trustProxy: number): string {
  const header = request.headers['x-forwarded-for'];
  const told = (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((one) => one.trim());
  const hops = [request.socket.remoteAddress ?? '', ...told.filter((one) => one !== '').reverse()];
  return hops[Math.min(trustProxy, hops.length - 1)] ?? '';
}
