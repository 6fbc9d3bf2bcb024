/** Somebody at a place, over one connection. */
export interface Occupant {
  readonly connection: string;
  readonly userId: string;
  readonly name: string;
}

interface Entry extends Occupant {
  /** When it came, and until when it is there if it is not heard of again (ms). */
  readonly since: number;
  readonly until: number;
}

/** Who is where: a place is a text, and each of its changes is reported by whoever made it. */
export interface Places {
  /** Enters a place, or stays there. @returns whether a user is there who was not */
  enter(place: string, occupant: Occupant, now: number, leaseMs: number): boolean;
  /** @returns whether a user is not there any more */
  leave(place: string, connection: string): boolean;
  /** Ends all leases that have run out. @returns the places where a user is not there any more */
  expire(now: number): string[];
  /** Where a connection is. */
  of(connection: string): readonly string[];
  /** Who is there, each once, with when they came; the first first. */
  at(place: string): readonly { readonly userId: string; readonly name: string; readonly since: number }[];
  /** All places where somebody is. */
  all(): readonly string[];
}

/** In the memory of one node. */
export class MemoryPlaces implements Places {
  private readonly places = new Map<string, Map<string, Entry>>();
  private readonly connections = new Map<string, Set<string>>();

  enter(place: string, occupant: Occupant, now: number, leaseMs: number): boolean {
    const there = this.places.get(place) ?? new Map<string, Entry>();
    this.places.set(place, there);
    const known = this.has(there, occupant.userId);
    const since = there.get(occupant.connection)?.since ?? now;
    there.set(occupant.connection, { ...occupant, since, until: now + leaseMs });
    const own = this.connections.get(occupant.connection) ?? new Set<string>();
    this.connections.set(occupant.connection, own.add(place));
    return !known;
  }

  leave(place: string, connection: string): boolean {
    const there = this.places.get(place);
    const entry = there?.get(connection);
    if (!there || !entry) return false;
    there.delete(connection);
    if (there.size === 0) this.places.delete(place);
    const own = this.connections.get(connection);
    own?.delete(place);
    if (own?.size === 0) this.connections.delete(connection);
    return !this.has(there, entry.userId);
  }

  expire(now: number): string[] {
    const changed = new Set<string>();
    for (const [place, there] of [...this.places])
      for (const { connection, until } of [...there.values()])
        if (until <= now && this.leave(place, connection)) changed.add(place);
    return [...changed];
  }

  of(connection: string): readonly string[] {
    return [...(this.connections.get(connection) ?? [])];
  }

  at(place: string): readonly { userId: string; name: string; since: number }[] {
    const users = new Map<string, { userId: string; name: string; since: number }>();
    for (const { userId, name, since } of this.places.get(place)?.values() ?? []) {
      const known = users.get(userId);
      if (!known || known.since > since) users.set(userId, { userId, name, since });
    }
    return [...users.values()];
  }

  all(): readonly string[] {
    return [...this.places.keys()];
  }

  private has(there: ReadonlyMap<string, Entry>, userId: string): boolean {
    for (const entry of there.values()) if (entry.userId === userId) return true;
    return false;
  }
}
