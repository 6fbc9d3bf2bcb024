import type { ImportReason } from '@almenara/events';
import type { BadLine, SalesLine } from '../read/lines.ts';
import type { SalesDocument } from './documents.ts';
import { lineKey } from './imported-lines.ts';
import { productKey } from './keys.ts';
import type { Known } from './known.ts';

export type IsStocked = (key: string) => boolean;

/**
 * The lines of a document that no earlier run has imported. Where one says something else than it did then, the whole
 * rest is refused: a line that was put in between would make all lines below it look new.
 */
export function compare(
  document: SalesDocument,
  known: Known,
  source: string,
): { fresh: SalesLine[]; repeated: number; bad: BadLine[] } {
  const fresh: SalesLine[] = [];
  const changed: SalesLine[] = [];
  let repeated = 0;
  for (const line of document.lines) {
    const hash = known.imported.get(lineKey(document.name, line.position));
    if (hash === undefined) fresh.push(line);
    else if (hash === line.hash) repeated += 1;
    else changed.push(line);
  }
  if (changed.length === 0) return { fresh, repeated, bad: [] };
  const why: ImportReason = { code: 'imported_otherwise', document: document.name, source };
  const bad = [...changed, ...fresh].map(({ line }) => ({ line, document: document.name, why }));
  return { fresh: [], repeated, bad };
}

export interface Sorted {
  readonly sold: readonly SalesLine[];
  readonly back: readonly SalesLine[];
  readonly writtenOff: readonly SalesLine[];
}

/** Negative lines took goods back, but for those that name nobody and cost nothing: they wrote stock off. */
export function sortOut(
  lines: readonly SalesLine[],
  document: SalesDocument,
  isStocked: IsStocked,
): Sorted & { bad: BadLine[] } {
  const sold = lines.filter((line) => line.quantity > 0);
  const negative = lines.filter((line) => line.quantity < 0);
  const isWriteOff = (line: SalesLine): boolean =>
    !document.cancels && document.customer === null && line.amount === 0;
  const isIdle = (line: SalesLine): boolean => !isStocked(productKey(line.code));
  const writeOffs = negative.filter(isWriteOff);
  return {
    sold,
    back: negative.filter((line) => !isWriteOff(line)),
    writtenOff: writeOffs.filter((line) => !isIdle(line)),
    bad: writeOffs.filter(isIdle).map(({ line, code }) => ({
      line,
      document: document.name,
      why: { code: 'not_stocked', product: code },
    })),
  };
}
