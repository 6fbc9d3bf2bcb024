import { systemClock } from './clock.ts';
import type { CommandBus } from './commands/bus.ts';
import type { Database } from './database/client.ts';
import { isUnavailable } from './database/sql-error.ts';
import { createBus } from './features.ts';
import { idMaker } from './ids.ts';

/** The bus of a process that only imports: one command after the other. */
export const importBus = (database: Database): CommandBus =>
  createBus({
    database,
    alone: 1,
    bound: 1,
    clock: systemClock,
    newId: idMaker(),
    // A server on the same database finds what is new by its sweep.
    committed: () => {},
    recheckTopic: () => {},
    // A batch that found the database away is tried again, and whoever reached it has told that it is.
    failed: (error, context) => {
      if (!isUnavailable(error)) process.stderr.write(`${context.command} failed: ${String(error)}\n`);
    },
  });
