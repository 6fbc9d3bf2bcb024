import { Email, line, Password, type SetupProgress } from '@almenara/events';
import { z } from 'zod';
import type { Db } from '../database/client.ts';
import { conflict } from '../errors.ts';
import type { Accounts } from './accounts.ts';

export const SetupInput = z.strictObject({
  name: line(100),
  email: Email,
  password: Password,
});

/** The first run: a desk without accounts waits for its administrator to be made in the browser. */
export class FirstRun {
  private readonly accounts: Accounts;
  private readonly db: Db;
  private last: Promise<void> = Promise.resolve();

  constructor(accounts: Accounts, db: Db) {
    this.accounts = accounts;
    this.db = db;
  }

  async needed(): Promise<boolean> {
    return (await this.db.user.count()) === 0;
  }

  async progress(): Promise<SetupProgress> {
    const [meta, company, zones, product, client] = await Promise.all([
      this.db.meta.findFirst(),
      this.db.company.count(),
      this.db.zone.count(),
      this.db.product.findFirst({ select: { id: true } }),
      this.db.client.findFirst({ select: { id: true } }),
    ]);
    return {
      pending: meta?.setupPending ?? false,
      company: company > 0,
      zones,
      empty: product === null && client === null,
    };
  }

  /** What remains can be done later, in the settings: the desk no longer asks for it. */
  async finish(): Promise<void> {
    await this.db.meta.updateMany({ data: { setupPending: false } });
  }

  /** Makes the first account. Of several who try at once, one gets it and the others `conflict`. */
  async createAdministrator(input: z.output<typeof SetupInput>): Promise<void> {
    if (!(await this.needed())) throw TAKEN();
    // One at a time: the lock below holds a connection while better-auth asks for another one.
    const turn = this.last.then(() => this.create(input));
    this.last = turn.catch(() => {});
    return turn;
  }

  /** Another node may be doing the same: whoever has the lock looks again. */
  private create(input: z.output<typeof SetupInput>): Promise<void> {
    return this.db.$transaction(
      async (tx) => {
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('almenara setup'))`;
        if ((await tx.user.count()) > 0) throw TAKEN();
        await this.accounts.api.createUser({ body: { ...input, role: 'admin' } });
        await tx.meta.updateMany({ data: { setupPending: true } });
      },
      { timeout: 20_000, maxWait: 10_000 },
    );
  }
}

const TAKEN = () => conflict('This desk has its administrator already. Sign in.');
