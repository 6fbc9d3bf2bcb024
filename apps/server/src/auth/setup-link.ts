import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '../config.ts';

/** What proxies add; whoever comes through one may come from anywhere. */
const FORWARDED = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
];

/**
 * The link of the first run. Whoever reads the server's output may make its administrator; whoever merely reaches its
 * port may not. A new one at each start, good once. Only a desk that nobody else can reach goes without.
 */
export class SetupLink {
  /** It goes behind the # of an address, which browsers send to nobody. */
  readonly token = randomBytes(24).toString('base64url');
  private readonly isPrivate: boolean;
  private used = false;

  constructor({ HOST, TRUST_PROXY, PUBLIC_URL }: Pick<Config, 'HOST' | 'TRUST_PROXY' | 'PUBLIC_URL'>) {
    this.isPrivate =
      isLoopback(HOST) &&
      TRUST_PROXY === 0 &&
      (PUBLIC_URL === undefined || isLoopback(new URL(PUBLIC_URL).hostname));
  }

  /** `direct`: the request came from this machine, as far as can be told. A proxy on it may tell nothing. */
  isNeeded(direct: boolean): boolean {
    return !(this.isPrivate && direct);
  }

  admits(token: string | undefined, direct: boolean): boolean {
    if (!this.isNeeded(direct)) return true;
    return token !== undefined && !this.used && timingSafeEqual(digest(token), digest(this.token));
  }

  use(): void {
    this.used = true;
  }
}

/**
 * Asked for by a name of this machine, through no proxy. The name counts because a foreign page can have its own name
 * lead to this machine.
 */
export function isDirect(headers: IncomingHttpHeaders): boolean {
  const url = `http://${headers.host}`;
  if (FORWARDED.some((name) => headers[name] !== undefined) || !URL.canParse(url)) return false;
  return isLoopback(new URL(url).hostname);
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
