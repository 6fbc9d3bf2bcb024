/** Somebody at a place: over which connection, and which part of the program at its other end says so, such as a tab. */
export interface Occupant {
  readonly connection: string;
  readonly by: string;
  readonly userId: string;
  readonly name: string;
}
type Seat = Pick<Occupant, 'connection' | 'by'>;

interface Entry extends Occupant {
  /** When it came, and until when it is there if it is not heard of again (ms). */
  readonly since: number;
  readonly until: number;
}

/** Who is where: a place is a text, and each of its changes is reported by whoever made it. */
export interface Places {
  /** Enters a place, or stays there. @returns whether a user is there who was not */
  enter(place: string, occupant: Occupant, now: number, leaseMs: number): boolean;
  /** @param by left out: all who say so over that connection. @returns whether a user is not there any more */
  leave(place: string, seat: { readonly connection: string; readonly by?: string }): boolean;
  /** Ends all leases that have run out. @returns the places where a user is not there any more */
  expire(now: number): string[];
  /** Where a connection is, and who says so. */
  of(connection: string): readonly { readonly place: string; readonly by: string }[];
  /** Who is there, each once, with when they came; the first first. */
  at(place: string): readonly { readonly userId: string; readonly name: string; readonly since: number }[];
  /** All places where somebody is. */
  all(): readonly string[];
}

/** In the memory of one node. */
export class MemoryPlaces implements Places {
  private readonly places = new Map<string, Map<string, Entry>>();
  /** By connection, all that it says. */
  private readonly seats = new Map<string, Map<string, { place: string; by: string }>>();

  enter(place: string, occupant: Occupant, now: number, leaseMs: number): boolean {
    const there = this.places.get(place) ?? new Map<string, Entry>();
    this.places.set(place, there);
    const known = this.has(there, occupant.userId);
    const since = there.get(seatOf(occupant))?.since ?? now;
    there.set(seatOf(occupant), { ...occupant, since, until: now + leaseMs });
    const { connection, by } = occupant;
    const own = this.seats.get(connection) ?? new Map();
    this.seats.set(connection, own.set(`${by} ${place}`, { place, by }));
    return !known;
  }

  leave(place: string, { connection, by }: { connection: string; by?: string }): boolean {
    const there = this.places.get(place);
    const leaving = [...(there?.values() ?? [])].filter(
      (entry) => entry.connection === connection && (by === undefined || entry.by === by),
    );
    const [first] = leaving;
    if (!there || !first) return false;
    for (const entry of leaving) {
      there.delete(seatOf(entry));
      this.seats.get(connection)?.delete(`${entry.by} ${place}`);
    }
    if (there.size === 0) this.places.delete(place);
    if (this.seats.get(connection)?.size === 0) this.seats.delete(connection);
    return !this.has(there, first.userId);
  }

  expire(now: number): string[] {
    const changed = new Set<string>();
    for (const [place, there] of [...this.places])
      for (const entry of [...there.values()])
        if (entry.until <= now && this.leave(place, entry)) changed.add(place);
    return [...changed];
  }

  of(connection: string): readonly { place: string; by: string }[] {
    return [...(this.seats.get(connection)?.values() ?? [])];
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

const seatOf = ({ connection, by }: Seat): string => `${connection} ${by}`;
