import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isTransient } from '@almenara/events';
import type { CommandBus } from '../../commands/bus.ts';
import type { CommandTx } from '../../commands/handler.ts';
import type { Outcome } from '../../commands/outcome.ts';
import { isUnavailable } from '../../database/sql-error.ts';
import { toFailure } from '../../failure.ts';
import { commandIdOf } from '../plan/keys.ts';
import { linesOf } from '../plan/plan.ts';
import type { PlannedDocument } from '../plan/planned.ts';
import { ImportError } from '../read/import-error.ts';

/** The steps of an import, in their order: each needs what those before it have made. */
export type Phase = 'Zone' | 'Products' | 'Opening stock' | 'Clients' | 'Documents';

/** Told of what is done, after each batch. */
export interface Progress {
  started(phase: Phase, total: number): void;
  advanced(phase: Phase, done: number): void;
  finished(phase: Phase): void;
}

/** A batch holds its locks until it is committed, and people work meanwhile: it should take well under a second. */
const ITEMS = 400;
const DOCUMENTS = 25;
const LINES = 400;

export function inBatches<T>(items: readonly T[]): T[][] {
  const batches: T[][] = [];
  for (let i = 0; i < items.length; i += ITEMS) batches.push(items.slice(i, i + ITEMS));
  return batches;
}

/** A document is never split: one with more lines than a batch should have is a batch of its own. */
export function inDocumentBatches(documents: readonly PlannedDocument[]): PlannedDocument[][] {
  const batches: PlannedDocument[][] = [];
  let lines = LINES;
  for (const document of documents) {
    const more = linesOf(document).length;
    const last = batches.at(-1);
    if (last && last.length < DOCUMENTS && lines + more <= LINES) {
      last.push(document);
      lines += more;
    } else {
      batches.push([document]);
      lines = more;
    }
  }
  return batches;
}

/** How long a batch is tried where the database is away, or others are in its way. */
const PATIENCE_MS = 180_000;
const PAUSE_MS = 500;

export interface BatchPorts {
  readonly bus: Pick<CommandBus, 'runSystem'>;
  readonly source: string;
  /** Stands for everything this import is about to do: a batch of the same content in another import is another one. */
  readonly basis: string;
  readonly progress: Progress | undefined;
  readonly signal: AbortSignal | undefined;
  /** Throws where whoever imports may not any more; asked before each batch. */
  readonly allowed: (() => Promise<void>) | undefined;
}

export class Batches {
  /** Whether something was left undone because the signal said so. */
  stopped = false;
  private readonly ports: BatchPorts;

  constructor(ports: BatchPorts) {
    this.ports = ports;
  }

  /**
   * Writes each batch in a transaction of its own.
   * @returns how many items were written
   * @throws ImportError if a batch is refused
   */
  async run<T>(
    phase: Phase,
    batches: readonly (readonly T[])[],
    write: (tx: CommandTx, batch: readonly T[]) => Promise<void>,
  ): Promise<number> {
    const { progress, signal } = this.ports;
    const total = batches.reduce((sum, batch) => sum + batch.length, 0);
    if (total === 0) return 0;
    progress?.started(phase, total);
    let done = 0;
    for (const batch of batches) {
      if (signal?.aborted) {
        this.stopped = true;
        break;
      }
      if (!(await this.write(phase, batch, write))) {
        this.stopped = true;
        break;
      }
      done += batch.length;
      progress?.advanced(phase, done);
    }
    progress?.finished(phase);
    return done;
  }

  /** @returns false if the signal came while it could not be written */
  private async write<T>(
    phase: Phase,
    batch: readonly T[],
    write: (tx: CommandTx, batch: readonly T[]) => Promise<void>,
  ): Promise<boolean> {
    const { bus, source, basis, signal } = this.ports;
    const name = `import_${phase.toLowerCase().replace(' ', '_')}`;
    const input = { basis, batch: createHash('sha256').update(JSON.stringify(batch)).digest('base64url') };
    const commandId = commandIdOf(source, name, `${input.basis} ${input.batch}`);
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const outcome =
        (await this.unanswered()) ??
        (await bus.runSystem({ name, commandId, input, origin: 'import' }, async (tx) => {
          await write(tx, batch);
          return { items: batch.length };
        }));
      if (outcome.ok) return true;
      const { code, message, retryAfterMs } = outcome.error;
      // Under the same id: should the batch have been committed after all, this finds out.
      if (!isTransient(code) || performance.now() > deadline)
        throw new ImportError(`${phase}: ${message}`, { code: 'refused', message });
      if (signal?.aborted) return false;
      await sleep(Math.max(PAUSE_MS, retryAfterMs ?? 0));
    }
  }

  /**
   * Asks whether whoever imports still may. @returns a failure where the database does not answer, null if they may
   * @throws ImportError if they may not any more
   */
  private async unanswered(): Promise<Outcome | null> {
    try {
      await this.ports.allowed?.();
      return null;
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      return { ok: false, error: toFailure(error) };
    }
  }
}
