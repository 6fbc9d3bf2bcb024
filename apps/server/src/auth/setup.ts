import type { routes, SetupProgress } from '@almenara/events';
import type { z } from 'zod';
import type { Db } from '../database/client.ts';
import { conflict, Refused } from '../errors.ts';
import type { Accounts } from './accounts.ts';
import { requireStrongPassword } from './password-strength.ts';
import type { SetupLink } from './setup-link.ts';

type SetupInput = z.output<typeof routes.set_up.body>;

/** The first run: a desk without accounts waits for its administrator to be made in the browser. */
export class FirstRun {
  private readonly accounts: Accounts;
  private readonly db: Db;
  private readonly link: SetupLink;
  private last: Promise<void> = Promise.resolve();

  constructor(ports: { accounts: Accounts; db: Db; link: SetupLink }) {
    this.accounts = ports.accounts;
    this.db = ports.db;
    this.link = ports.link;
  }

  async needed(): Promise<boolean> {
    return (await this.db.user.count()) === 0;
  }

  /** Whether that takes the link; `direct` as `isDirect` says. */
  needsLink = (direct: boolean): boolean => this.link.isNeeded(direct);

  /** What to print for whoever starts the server; null once there are accounts. */
  async token(): Promise<string | null> {
    return (await this.needed()) ? this.link.token : null;
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
  async createAdministrator({ token, ...input }: SetupInput, direct: boolean): Promise<void> {
    if (!(await this.needed())) throw TAKEN();
    if (!this.link.admits(token, direct)) throw NO_LINK();
    await requireStrongPassword(input.password, 'password', [input.name, input.email]);
    // One at a time: the lock below holds a connection while better-auth asks for another one.
    const turn = this.last.then(() => this.create(input)).then(() => this.link.use());
    this.last = turn.catch(() => {});
    return turn;
  }

  /** Another node may be doing the same: whoever has the lock looks again. */
  private create(input: Omit<SetupInput, 'token'>): Promise<void> {
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

const NO_LINK = () =>
  new Refused(
    'forbidden',
    'Open the setup link that the server printed when it started: each start prints a new one.',
    { details: { reason: 'setup_link' } },
  );
