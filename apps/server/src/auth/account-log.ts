import { type AccountEventKind, cut, type RefusedReason } from '@almenara/events';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Clock } from '../clock.ts';
import type { Db, Tx } from '../database/client.ts';
import type { Visitor } from './visitor.ts';

/** How long what happened to accounts can be looked up. */
const KEEP_DAYS = 365;
const EVERY_MS = 3_600_000;

export interface AccountEntry {
  readonly kind: AccountEventKind;
  /** Whose account; null where there is none of that address. */
  readonly userId: string | null;
  readonly email: string | null;
  /** Who did it, where that is somebody else. */
  readonly by?: { readonly userId: string; readonly name: string } | null;
  readonly reason?: RefusedReason;
  readonly detail?: string;
  readonly visitor: Visitor;
}

/** Writes down what happened to accounts, for administrators to look up. Holds no secrets, and only short texts. */
export class AccountLog {
  private readonly db: Db;
  private readonly clock: Clock;
  private readonly newId: () => string;
  /** Tries that are turned away unread are told once a minute: whoever floods us does not fill the table too. */
  private readonly floods = new RateLimiterMemory({ points: 1, duration: 60 });

  constructor(ports: { db: Db; clock: Clock; newId: () => string }) {
    this.db = ports.db;
    this.clock = ports.clock;
    this.newId = ports.newId;
  }

  /** With the change that it tells of, where that has a transaction. */
  async record(entry: AccountEntry, tx: Tx = this.db): Promise<void> {
    const { kind, userId, email, by, reason, detail, visitor } = entry;
    await tx.accountEvent.create({
      data: {
        id: this.newId(),
        at: this.clock.now(),
        kind,
        userId,
        email: short(email, 254),
        byId: by && by.userId !== userId ? by.userId : null,
        byName: by && by.userId !== userId ? short(by.name, 100) : null,
        reason: reason ?? null,
        detail: short(detail ?? null, 200),
        address: short(visitor.address, 64),
        agent: short(visitor.agent, 300),
      },
    });
  }

  /** A try that was turned away for being one too many. */
  async recordFlood(email: string | null, visitor: Visitor): Promise<void> {
    try {
      await this.floods.consume(email ?? visitor.address ?? '');
    } catch (verdict) {
      if (verdict instanceof RateLimiterRes) return;
      throw verdict;
    }
    await this.record({ kind: 'sign_in_refused', userId: null, email, reason: 'rate_limited', visitor });
  }

  /** Forgets what is older than a year, now and every hour. @returns what stops it */
  startForgetting(failed: (error: unknown) => void): () => void {
    let cancel: () => void = () => {};
    const sweep = (): void => {
      const before = new Date(this.clock.now().getTime() - KEEP_DAYS * 86_400_000);
      this.db.accountEvent.deleteMany({ where: { at: { lt: before } } }).catch(failed);
      cancel = this.clock.after(EVERY_MS, sweep);
    };
    sweep();
    return () => cancel();
  }
}

/** Cut, and without what PostgreSQL does not store: it may be anybody's text. */
function short(text: string | null, max: number): string | null {
  if (text === null) return null;
  return cut(cut(text, max * 2).replaceAll(/\p{Cc}|\p{Surrogate}/gu, ' '), max);
}
