import { WRITERS } from '@almenara/events';
import { rightLost } from './auth/right.ts';
import { systemClock } from './clock.ts';
import { connectDatabase, type Database } from './database/client.ts';
import { isUnavailable } from './database/sql-error.ts';
import { ImportError } from './import/read/import-error.ts';
import type { Beginner } from './import/run/beginner.ts';
import { dryRun, runImport } from './import/run/importer.ts';
import type { FromImporter, ToImporter, Work } from './import/run/messages.ts';
import { importBus } from './import-bus.ts';

/**
 * The process in which a server imports: reading a large file would hold up everybody's commands, and one that takes
 * all memory takes only this. It lives while its server wants it to, and ends with it.
 */

const tell = (message: FromImporter): void => void process.send?.(message);
let reached: { readonly url: string; readonly connected: Database } | null = null;
let underWay: AbortController | null = null;

function reach(url: string): Database {
  reached ??= { url, connected: connectDatabase(url, { writers: 1, readers: 2 }) };
  return reached.connected;
}

async function work(kind: 'preview' | 'run', task: Work): Promise<void> {
  const database = reach(task.databaseUrl);
  const { reader } = database;
  const bus = importBus(database);
  const ports = {
    bus,
    db: reader,
    tell,
    rightLost: (by: Beginner) => rightLost(reader, by, WRITERS, systemClock.now()),
  };
  const stop = new AbortController();
  underWay = stop;
  try {
    await (kind === 'preview' ? dryRun(ports, task) : runImport(ports, task, stop.signal));
  } catch (error) {
    if (isUnavailable(error)) return tell({ kind: 'interrupted' });
    const trouble = error instanceof ImportError ? error.trouble : null;
    if (!trouble) process.stderr.write(`The import failed: ${String(error)}\n`);
    tell({ kind: 'failed', trouble, message: error instanceof Error ? error.message : String(error) });
  } finally {
    underWay = null;
  }
}

process.on('message', (message: ToImporter) => {
  if (message.kind === 'cancel') underWay?.abort();
  else void work(message.kind, message);
});
// Its server is gone. What is under way is undone by the database, and the same import again does it.
process.on('disconnect', () => process.exit(0));
// The terminal's Ctrl-C goes to both; the server says when.
process.on('SIGINT', () => {});
