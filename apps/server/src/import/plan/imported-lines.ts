import type { CommandTx } from '../../commands/handler.ts';
import type { Tx } from '../../database/client.ts';
import { conflict } from '../../errors.ts';
import type { PlannedDocument } from './planned.ts';

/** What a line is known by in its source, where documents have numbers and their lines places. */
export const lineKey = (document: string, position: number): string => `${position} ${document}`;

/** The hashes of what was imported of these documents, by `lineKey`. */
export async function readImportedLines(
  db: Tx,
  source: string,
  documents: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ document: string; line: number; hash: string }[]>`
    SELECT document, line, hash FROM imported_line WHERE source = ${source} AND document = ANY(${[...documents]}::text[])`;
  return new Map(rows.map(({ document, line, hash }) => [lineKey(document, line), hash]));
}

/** An import of the same lines that runs at the same time waits here for this one, and finds that it came too late. */
export async function claimLines(
  tx: CommandTx,
  source: string,
  documents: readonly PlannedDocument[],
): Promise<void> {
  const lines = documents
    .flatMap(({ name, claims }) => claims.map((line) => ({ document: name, ...line })))
    .sort((a, b) => (a.document < b.document ? -1 : a.document > b.document ? 1 : a.position - b.position));
  const claimed = await tx.db.$executeRaw`
    INSERT INTO imported_line (source, document, line, hash, at)
    SELECT ${source}, document, line, hash, ${tx.now}
    FROM unnest(
      ${lines.map((line) => line.document)}::text[], ${lines.map((line) => line.position)}::int[],
      ${lines.map((line) => line.hash)}::text[]
    ) AS l (document, line, hash)
    ON CONFLICT DO NOTHING`;
  if (claimed < lines.length) {
    throw conflict(
      'Another import has just imported some of these documents. Run this one again for the rest.',
    );
  }
}
