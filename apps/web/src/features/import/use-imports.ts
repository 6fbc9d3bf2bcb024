import type { ImportState } from '@almenara/events';
import { useEffect, useState } from 'react';
import { Problem } from '../../http/problem.ts';
import { listImports } from './import-api.ts';

interface Imports {
  readonly imports: readonly ImportState[];
  /** Null until the server has said. */
  readonly maxBytes: number | null;
}

/** How old a list may be that somebody looks at. */
const AGAIN_MS = 5_000;

/** The imports that the server shows the user; asked again while the list is looked at. */
export function useImports(id: string | undefined): Imports {
  const [answer, setAnswer] = useState<Imports>({ imports: [], maxBytes: null });
  useEffect(() => {
    let stale = false;
    const ask = (): void => {
      listImports().then(
        ({ items, maxBytes }) => {
          if (!stale) setAnswer({ imports: items, maxBytes });
        },
        (error: unknown) => {
          // The page works without the list.
          if (!(error instanceof Problem)) throw error;
        },
      );
    };
    ask();
    const timer = setInterval(() => {
      if (id === undefined && document.visibilityState === 'visible') ask();
    }, AGAIN_MS);
    return () => {
      stale = true;
      clearInterval(timer);
    };
  }, [id]);
  return answer;
}
