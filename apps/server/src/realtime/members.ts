import type { Refusal } from '@almenara/events';
import type { Connection } from './engine.ts';

/** The connections of those who have signed in. Counted when they are let in, so that a burst gets no more than one by one. */
export class Members {
  private readonly most: { readonly inAll: number; readonly ofUser: number };
  private readonly all = new Map<Connection, string>();
  private readonly users = new Map<string, number>();

  constructor(most: { inAll: number; ofUser: number }) {
    this.most = most;
  }

  /** Lets a connection in, or says why there is no room for one more. Its further namespaces do not count. */
  add(connection: Connection, userId: string): Refusal | null {
    const known = this.all.get(connection);
    if (known === userId) return null;
    if (known !== undefined) {
      return { code: 'forbidden', message: 'This connection is another user’s. Open one of your own.' };
    }
    if (this.all.size >= this.most.inAll) {
      return { code: 'too_many_connections', message: 'This server is full.', retryAfterMs: 10_000 };
    }
    const own = this.users.get(userId) ?? 0;
    if (own >= this.most.ofUser) {
      const message = `You have ${this.most.ofUser} connections open. Close some first.`;
      return { code: 'too_many_connections', message, retryAfterMs: 10_000 };
    }
    this.all.set(connection, userId);
    this.users.set(userId, own + 1);
    return null;
  }

  has(connection: Connection): boolean {
    return this.all.has(connection);
  }

  remove(connection: Connection): void {
    const userId = this.all.get(connection);
    if (userId === undefined || !this.all.delete(connection)) return;
    const left = (this.users.get(userId) ?? 1) - 1;
    if (left > 0) this.users.set(userId, left);
    else this.users.delete(userId);
  }

  entries(): IterableIterator<[Connection, string]> {
    return this.all.entries();
  }
}
