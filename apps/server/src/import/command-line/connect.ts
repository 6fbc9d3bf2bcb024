import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { attachEmbeddedPostgres, startEmbeddedPostgres } from '../../database/embedded.ts';
import { applyMigrations } from '../../database/migrate.ts';

export interface Place {
  /** A PostgreSQL of the user's own; without it the embedded one with its data in `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly migrations: string;
}

export interface Reached {
  readonly url: string;
  /** How it was reached, for people. */
  readonly how: string;
  /** Leaves it as it was found: running or not. */
  close(): Promise<void>;
}

const POSTGRES = 'postgres';
const warn = (message: string): void => void process.stderr.write(`${message}\n`);
const nothing = async (): Promise<void> => {};

/**
 * The database of the desk: of the server that runs on these data, or started for the time.
 * @param change false makes and migrates nothing; null then says that there is no database yet
 */
export async function reachDatabase(
  { databaseUrl, dataDir, migrations }: Place,
  change: boolean,
): Promise<Reached | null> {
  if (databaseUrl !== undefined) {
    if (change) await applyMigrations(databaseUrl, migrations, { warn });
    return { url: databaseUrl, how: 'the database of DATABASE_URL', close: nothing };
  }
  const folder = join(dataDir, POSTGRES);
  const running = await attachEmbeddedPostgres(folder);
  // Whoever runs it has migrated it.
  if (running) return { url: running.url, how: 'the server that is running', close: nothing };
  if (!change && !existsSync(folder)) return null;
  const own = await startEmbeddedPostgres({ dataDir: folder });
  try {
    if (change) await applyMigrations(own.url, migrations, { warn });
  } catch (error) {
    await own.stop();
    throw error;
  }
  return { url: own.url, how: 'its own database, as no server is running', close: () => own.stop() };
}
