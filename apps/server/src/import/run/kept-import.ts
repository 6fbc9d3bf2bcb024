import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { ImportState } from '@almenara/events';
import { z } from 'zod';

/** What of an import outlives its server: beside the file, until somebody goes on with it or an hour has passed. */
const KeptImport = z.object({ state: ImportState });

export const recordOf = (path: string): string => `${path}.json`;

/** A session of a server that has ended, as it is found again: what was under way was interrupted. */
export async function readKept(path: string): Promise<ImportState | null> {
  const text = await readFile(recordOf(path), 'utf8').catch(() => null);
  if (text === null) return null;
  const found = KeptImport.safeParse(parse(text));
  if (!found.success) return null;
  const { state } = found.data;
  if (state.stage === 'reading') return { ...state, stage: 'ready' };
  if (state.stage !== 'running' && state.trouble?.code !== 'stopping') return state;
  return { ...state, ...interrupted(state) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What becomes of a run that has ended without saying so. */
export const interrupted = (state: ImportState): Partial<ImportState> => ({
  stage: 'stopped',
  cancelling: false,
  imported: documentsDone(state),
  problem: 'The import was interrupted. What was written stays; run it again to go on.',
  trouble: { code: 'interrupted' },
});

export const documentsDone = ({ steps }: ImportState): number =>
  steps.find(({ name }) => name === 'documents')?.done ?? 0;

/** Writes the newest state, one after another; what comes while one is written replaces what waits. */
export class ImportRecord {
  readonly #path: string;
  #next: ImportState | null = null;
  #writing: Promise<void> | null = null;

  constructor(path: string) {
    this.#path = recordOf(path);
  }

  keep(state: ImportState): void {
    this.#next = state;
    this.#writing ??= this.#write();
  }

  /** Once all that was kept is written. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async remove(): Promise<void> {
    this.#next = null;
    await this.#writing;
    await rm(this.#path, { force: true });
  }

  async #write(): Promise<void> {
    while (this.#next) {
      const state = this.#next;
      this.#next = null;
      const whole = `${this.#path}.new`;
      // Without it an import works as well, and is only not found again.
      await writeFile(whole, JSON.stringify({ state }), { mode: 0o600 })
        .then(() => rename(whole, this.#path))
        .catch(() => {});
    }
    this.#writing = null;
  }
}
