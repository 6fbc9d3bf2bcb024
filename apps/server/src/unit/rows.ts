/** Takes back what was changed since a mark, so that a refused command leaves nothing in memory either. */
export class Journal {
  private readonly undos: (() => void)[] = [];

  get mark(): number {
    return this.undos.length;
  }

  add(undo: () => void): void {
    this.undos.push(undo);
  }

  undoTo(mark: number): void {
    while (this.undos.length > mark) this.undos.pop()?.();
  }
}

/**
 * What was read before the locks no longer holds under them, or a row is needed that was not named: all is read anew
 * and decided again.
 */
export class Contention extends Error {
  override readonly name = 'Contention';
  /** SQLSTATE serialization_failure, which is what it is. */
  readonly code = '40001';
}

/** A row as it was read, and as it is now. */
export interface Change<V> {
  readonly key: string;
  /** Null where there was no such row. */
  readonly before: V | null;
  readonly after: V;
}

/**
 * Rows of one table that a transaction holds: as they were read, and as its commands have left them so far. Rows are
 * values: a change puts another one in the place.
 */
export class Rows<V> {
  private readonly what: string;
  private readonly journal: Journal;
  private readonly read = new Map<string, V | null>();
  private readonly current = new Map<string, V | null>();
  private readonly taken = new Set<string>();

  constructor(what: string, journal: Journal) {
    this.what = what;
    this.journal = journal;
  }

  /** Takes in what was read; null says that there is no such row. What is held already stays. */
  hold(key: string, row: V | null): void {
    if (this.current.has(key)) return;
    this.read.set(key, row);
    this.current.set(key, row);
  }

  /** Takes in which of these keys are taken, by rows that nobody needs to know more of. */
  look(keys: readonly string[], there: readonly { readonly id: string }[]): void {
    for (const { id } of there) this.taken.add(id);
    for (const key of keys) if (!this.taken.has(key)) this.hold(key, null);
  }

  isTaken(key: string): boolean {
    return this.taken.has(key) || this.get(key) !== null;
  }

  isHeld(key: string): boolean {
    return this.current.has(key);
  }

  /** @throws Contention for one that was not named and so was not read */
  get(key: string): V | null {
    const row = this.current.get(key);
    if (row === undefined) throw new Contention(`${this.what} ${key} was not read.`);
    return row;
  }

  put(key: string, row: V): void {
    const before = this.current.get(key);
    this.journal.add(() => {
      if (before === undefined) this.current.delete(key);
      else this.current.set(key, before);
    });
    this.current.set(key, row);
  }

  keys(): IterableIterator<string> {
    return this.current.keys();
  }

  *values(): Generator<V> {
    for (const row of this.current.values()) if (row !== null) yield row;
  }

  changes(): Change<V>[] {
    const changes: Change<V>[] = [];
    for (const [key, after] of this.current) {
      const before = this.read.get(key) ?? null;
      if (after !== null && after !== before) changes.push({ key, before, after });
    }
    return changes;
  }
}

/** What is only ever added: its order is that of the commands. */
export class Added<V> {
  private readonly journal: Journal;
  readonly all: V[] = [];

  constructor(journal: Journal) {
    this.journal = journal;
  }

  add(...rows: V[]): void {
    const { length } = this.all;
    this.journal.add(() => {
      this.all.length = length;
    });
    this.all.push(...rows);
  }
}
