/** A value to read and to be told about. Fits `useSyncExternalStore(o.subscribe, o.get)`. */
export interface Observable<T> {
  /** The same reference until it changes. */
  get(): T;
  subscribe(listener: () => void): () => void;
}

/** Where an error of someone else's callback goes, so that it breaks nothing of ours. */
export type Report = (error: unknown) => void;

export function guarded(report: Report, call: () => void): void {
  try {
    call();
  } catch (error) {
    report(error);
  }
}

export interface Listeners {
  subscribe(listener: () => void): () => void;
  notify(): void;
}

export function listeners(report: Report): Listeners {
  // Wrapped, so that one function subscribed twice is told twice and unsubscribes once at a time.
  const all = new Set<{ readonly listener: () => void }>();
  return {
    subscribe: (listener) => {
      const entry = { listener };
      all.add(entry);
      return () => {
        all.delete(entry);
      };
    },
    notify: () => {
      for (const entry of [...all]) if (all.has(entry)) guarded(report, entry.listener);
    },
  };
}

export interface Cell<T> extends Observable<T> {
  set(value: T): void;
}

export function cell<T>(initial: T, report: Report): Cell<T> {
  const { subscribe, notify } = listeners(report);
  let value = initial;
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return;
      value = next;
      notify();
    },
    subscribe,
  };
}
