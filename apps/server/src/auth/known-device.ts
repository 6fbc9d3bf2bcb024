import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { COOKIE_PREFIX } from './accounts.ts';

/** As long as browsers keep a cookie. */
const MAX_AGE_S = 400 * 86_400;
/** Only a sign-in reads it. */
const PATH = '/api/auth/sign-in';

/**
 * Marks a browser in which somebody has signed in to an account before: by a cookie for each account, signed, which
 * opens nothing. It only keeps whoever guesses from elsewhere from shutting that browser out.
 */
export class KnownDevices {
  private readonly secret: string;
  private readonly secure: boolean;

  constructor(secret: string, secure: boolean) {
    this.secret = secret;
    this.secure = secure;
  }

  /** The device's id, or null where this browser is not known to that account. */
  find(cookies: string | undefined, email: string): string | null {
    const name = this.nameOf(email);
    for (const pair of (cookies ?? '').split(';')) {
      const [key = '', value = ''] = pair.trim().split('=', 2);
      if (key !== name) continue;
      const [id = '', signature = ''] = value.split('.', 2);
      if (isSame(signature, this.sign(email, id))) return id;
    }
    return null;
  }

  /** The `Set-Cookie` that makes this browser known, or keeps it so. */
  remember(email: string, id: string | null): string {
    const device = id ?? randomBytes(15).toString('base64url');
    const value = `${device}.${this.sign(email, device)}`;
    const attributes = `Max-Age=${MAX_AGE_S}; Path=${PATH}; HttpOnly; SameSite=Strict`;
    return `${this.nameOf(email)}=${value}; ${attributes}${this.secure ? '; Secure' : ''}`;
  }

  /** Tells nobody who looks at the cookies whose they are. */
  private nameOf(email: string): string {
    return `${COOKIE_PREFIX}.known_${this.mac(`known device of ${email.toLowerCase()}`).slice(0, 16)}`;
  }

  private sign(email: string, id: string): string {
    return this.mac(`known device ${id} of ${email.toLowerCase()}`);
  }

  private mac(text: string): string {
    return createHmac('sha256', this.secret).update(text).digest('base64url');
  }
}

const isSame = (a: string, b: string): boolean => {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
};
