import { useCallback, useState } from 'react';

export interface Selection {
  /** Null while nothing is being selected. */
  readonly ids: ReadonlySet<string> | null;
  readonly toggle: (orderId: string) => void;
  readonly begin: () => void;
  readonly end: () => void;
}

/** Orders picked by hand, to do something with all of them. */
export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<string> | null>(null);
  const toggle = useCallback((orderId: string): void => {
    setIds((before) => {
      const after = new Set(before);
      if (!after.delete(orderId)) after.add(orderId);
      return after;
    });
  }, []);
  return { ids, toggle, begin: () => setIds(new Set()), end: () => setIds(null) };
}
