import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Db } from '../database/client.ts';
import { Refused } from '../errors.ts';
import { Backoff } from './backoff.ts';
import { networkOf } from './network.ts';

const MINUTE_S = 60;
const HOUR_S = 3600;

/** One who forgot a password tries some; a wait of minutes then leaves a guesser a few dozen a day. */
const ONE_GUESSER = { free: 10, first: 30, longest: 15 * MINUTE_S, memory: 6 * HOUR_S };
/** All strangers together, from however many addresses: a hundred are free [NIST SP 800-63B, 5.2.2], then four an hour. */
const ALL_STRANGERS = { free: 100, first: 30, longest: 15 * MINUTE_S, memory: 24 * HOUR_S };
/** Tokens and keys are of 32 random bytes: this only keeps programs that ask in vain from asking at full speed. */
const BAD_CREDENTIALS = 10;
/** Sign-ins of an account that are looked through for an address. */
const REMEMBERED = 100;

/** Who wants in, as far as that is known. */
export interface Caller {
  readonly email: string;
  readonly address: string | null;
  /** The known device's id, where this browser is one of this account's. */
  readonly device: string | null;
}

/** A try that may go on. */
export interface Try {
  succeeded(): Promise<void>;
  /** Nobody could look whether the password is right: it does not count. */
  undone(): Promise<void>;
}

/**
 * Bounds guessing without locking anybody out. A device that has signed in to an account has a count of its own, which
 * nobody else can use up. Strangers are counted by address, by account and address, and by account; an address from
 * which the account was signed in to before is spared the last. An account that does not exist is treated the same.
 */
export class SignInGuard {
  private readonly db: Db;
  private readonly places: RateLimiterMemory;
  private readonly credentials: RateLimiterMemory;
  private readonly byDevice = new Backoff(ONE_GUESSER);
  private readonly byPlace = new Backoff(ONE_GUESSER);
  private readonly strangers = new Backoff(ALL_STRANGERS);

  /** `triesPerMinute`: from one address or one known device, whatever comes of them. */
  constructor(db: Db, triesPerMinute: number) {
    this.db = db;
    this.places = new RateLimiterMemory({ points: triesPerMinute, duration: MINUTE_S });
    this.credentials = new RateLimiterMemory({
      points: triesPerMinute * BAD_CREDENTIALS,
      duration: MINUTE_S,
    });
  }

  /** Counts a try to sign in; throws `rate_limited`. */
  async begin({ email, address, device }: Caller): Promise<Try> {
    const account = email.toLowerCase();
    const place = networkOf(address);
    if (device !== null) {
      const key = `${device} ${account}`;
      await limited(() => this.places.consume(`device ${key}`));
      await limited(() => this.byDevice.begin(key));
      return { succeeded: () => this.byDevice.forget(key), undone: () => this.byDevice.forgive(key) };
    }
    const pair = `${place} ${account}`;
    await limited(() => this.places.consume(place));
    await limited(() => this.byPlace.begin(pair));
    const isStrange =
      !(await this.strangers.isStrained(account)) || !(await this.hasBeenHere(account, place));
    if (isStrange)
      await limited(() => this.strangers.begin(account)).catch(async (refusal: unknown) => {
        await this.byPlace.forgive(pair);
        throw refusal;
      });
    const notStrange = async (): Promise<void> => {
      if (isStrange) await this.strangers.forgive(account);
    };
    return {
      succeeded: () => this.byPlace.forget(pair).then(notStrange),
      undone: () => this.byPlace.forgive(pair).then(notStrange),
    };
  }

  /** Counts a guess at an invitation, the link of the first run or a password, by whoever guesses. */
  guess = (key: string): Promise<void> => limited(() => this.places.consume(key));

  /** Counts a key or session that is none. */
  badCredential = (address: string | null): Promise<void> =>
    limited(() => this.credentials.consume(networkOf(address)));

  /** Asked only while an account is under attack. */
  private async hasBeenHere(email: string, place: string): Promise<boolean> {
    if (place === 'unknown') return false;
    const user = await this.db.user.findUnique({ where: { email }, select: { id: true } });
    const events = await this.db.accountEvent.findMany({
      where: { userId: user?.id ?? 'nobody', kind: 'signed_in' },
      orderBy: { id: 'desc' },
      take: REMEMBERED,
      select: { address: true },
    });
    return events.some(({ address }) => networkOf(address) === place);
  }
}

async function limited(count: () => Promise<unknown>): Promise<void> {
  try {
    await count();
  } catch (verdict) {
    if (!(verdict instanceof RateLimiterRes)) throw verdict;
    throw new Refused('rate_limited', 'Too many tries. Wait a moment.', {
      retryAfterMs: Math.max(1, Math.ceil(verdict.msBeforeNext)),
    });
  }
}
