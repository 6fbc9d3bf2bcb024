import type { ImportState } from '@almenara/events';
import { useHttpQuery } from '../../http/use-http-query.ts';
import { listImports } from './import-api.ts';

interface Imports {
  readonly imports: readonly ImportState[];
  /** Null until the server has said. */
  readonly maxBytes: number | null;
}

const NONE: readonly ImportState[] = [];
/** How old a list may be that somebody looks at. */
const AGAIN_MS = 5_000;

/** The imports that the server shows the user; asked again while the list is looked at. */
export function useImports(id: string | undefined): Imports {
  // The page works without the list.
  const { value } = useHttpQuery('imports', listImports, {
    again: id,
    everyMs: id === undefined ? AGAIN_MS : undefined,
  });
  return { imports: value?.items ?? NONE, maxBytes: value?.maxBytes ?? null };
}
