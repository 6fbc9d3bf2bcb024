import { type Credentials, fingerprintOf } from '../auth/credentials.ts';
import type { Nobody, Principal } from '../auth/principal.ts';
import type { Connection } from './engine.ts';

/** As long as it takes a client to open its namespaces; other nodes' revocations are noticed as soon (ms). */
const KEPT_MS = 1000;

type Found = Principal | Nobody;

interface Lookup {
  readonly began: number;
  readonly found: Promise<Found>;
}

/**
 * Who is behind a connection, by the credentials that it has shown: kept for a moment, and only until anybody's rights
 * change. What is found out while they do is found out again.
 */
export class KnownConnections {
  private lookups = new WeakMap<Connection, Map<string, Lookup>>();
  /** How often rights have changed. */
  changes = 0;

  async find(connection: Connection, credentials: Credentials, look: () => Promise<Found>): Promise<Found> {
    const { lookups, changes } = this;
    const known = lookups.get(connection) ?? new Map<string, Lookup>();
    lookups.set(connection, known);
    const name = fingerprintOf(credentials);
    const now = performance.now();
    const kept = known.get(name);
    const lookup = kept && now - kept.began < KEPT_MS ? kept : { began: now, found: look() };
    known.set(name, lookup);
    try {
      const found = await lookup.found;
      if (typeof found === 'string') known.delete(name);
      return changes === this.changes ? found : await this.find(connection, credentials, look);
    } catch (error) {
      known.delete(name);
      throw error;
    }
  }

  /** Somebody's rights have changed. */
  forget(): void {
    this.changes += 1;
    this.lookups = new WeakMap();
  }
}
