/**
 * Lets callers share a read, but never one that had started before they asked: what is read is at least as new as
 * the question. A burst of any size costs the read under way and one more.
 */
export class Coalescer<V> {
  private readonly entries = new Map<string, { running: Promise<V>; next: Promise<V> | null }>();

  run(key: string, read: () => Promise<V>): Promise<V> {
    const entry = this.entries.get(key);
    if (!entry) return this.start(key, read);
    entry.next ??= entry.running.then(
      () => this.start(key, read),
      () => this.start(key, read),
    );
    return entry.next;
  }

  private start(key: string, read: () => Promise<V>): Promise<V> {
    const running = read();
    const entry = { running, next: null };
    this.entries.set(key, entry);
    const done = () => {
      // Whoever came meanwhile has queued behind `running` and starts the next read itself.
      if (this.entries.get(key) === entry && entry.next === null) this.entries.delete(key);
    };
    running.then(done, done);
    return running;
  }
}
