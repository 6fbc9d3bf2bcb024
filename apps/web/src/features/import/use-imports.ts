import type { ImportState } from '@almenara/events';
import { useEffect, useState } from 'react';
import { Problem } from '../../http/problem.ts';
import { listImports } from './import-api.ts';

interface Imports {
  readonly imports: readonly ImportState[];
  /** Null until the server has said. */
  readonly maxBytes: number | null;
}

/** The user's imports that the server still has; asked again whenever another one is looked at. */
export function useImports(id: string | undefined): Imports {
  const [answer, setAnswer] = useState<Imports>({ imports: [], maxBytes: null });
  useEffect(() => {
    let stale = false;
    listImports().then(
      ({ items, maxBytes }) => {
        if (!stale) setAnswer({ imports: items, maxBytes });
      },
      (error: unknown) => {
        // The page works without the list.
        if (!(error instanceof Problem)) throw error;
      },
    );
    return () => {
      stale = true;
    };
  }, [id]);
  return answer;
}
