import { type Connection, cutConnection } from './engine.ts';

interface Stranger {
  readonly network: string;
  /** It has said who it is, and is being looked up. */
  greeted: boolean;
}

/**
 * Connections of nobody yet. They have places of their own, so that they take none from members, and where there is no
 * more room the one that has been silent for longest goes: whoever says at once who they are gets through a crowd that
 * says nothing, or nothing that is true, also from the same address.
 */
export class Strangers {
  private readonly most: { readonly inAll: number; readonly ofNetwork: number };
  private readonly all = new Map<Connection, Stranger>();
  /** Of each network in the order in which they came. */
  private readonly networks = new Map<string, Set<Connection>>();

  constructor(most: { inAll: number; ofNetwork: number }) {
    this.most = most;
  }

  get count(): number {
    return this.all.size;
  }

  /** @returns false where there is no room for it, and it was cut */
  add(connection: Connection, network: string): boolean {
    const own = this.networks.get(network);
    const full = (own?.size ?? 0) >= this.most.ofNetwork;
    const crowd = full ? own : this.all.size >= this.most.inAll ? this.largest() : undefined;
    if (crowd && !this.dropSilent(crowd)) {
      cutConnection(connection);
      return false;
    }
    this.all.set(connection, { network, greeted: false });
    const set = this.networks.get(network) ?? new Set();
    this.networks.set(network, set.add(connection));
    return true;
  }

  greeted(connection: Connection): void {
    const stranger = this.all.get(connection);
    if (stranger) stranger.greeted = true;
  }

  /** Looked up, and nobody: from here on it counts as one who has said nothing. */
  refused(connection: Connection): void {
    const stranger = this.all.get(connection);
    if (stranger) stranger.greeted = false;
  }

  /** It is somebody now, or gone. */
  remove(connection: Connection): void {
    const stranger = this.all.get(connection);
    if (!stranger) return;
    this.all.delete(connection);
    const set = this.networks.get(stranger.network);
    set?.delete(connection);
    if (set?.size === 0) this.networks.delete(stranger.network);
  }

  private largest(): Set<Connection> | undefined {
    let largest: Set<Connection> | undefined;
    for (const set of this.networks.values()) if (set.size > (largest?.size ?? 0)) largest = set;
    return largest;
  }

  private dropSilent(crowd: Set<Connection>): boolean {
    for (const connection of crowd) {
      if (this.all.get(connection)?.greeted) continue;
      this.remove(connection);
      cutConnection(connection);
      return true;
    }
    return false;
  }
}
