import type { ImportPreview, ImportState, ImportStep, ImportTrouble } from '@almenara/events';
import { conflict, Refused } from '../errors.ts';
import { ImporterChild } from './child.ts';
import type { FromImporter } from './messages.ts';
import type { AskedOptions } from './options.ts';

export interface ImportFile {
  readonly id: string;
  readonly userId: string;
  readonly fileName: string;
  readonly bytes: number;
  readonly createdAt: Date;
  readonly path: string;
  readonly badPath: string;
}

interface Setting {
  readonly program: URL;
  readonly databaseUrl: string;
}

interface Waiting {
  resolve(preview: ImportPreview): void;
  reject(error: Error): void;
}

/** One file that somebody has brought, and what has become of it. */
export class ImportSession {
  readonly file: ImportFile;
  preview: ImportPreview | null = null;
  readonly #setting: Setting;
  readonly #child: ImporterChild;
  readonly #listeners = new Set<(state: ImportState) => void>();
  #state: ImportState;
  #waiting: Waiting | null = null;
  #stageBefore: ImportState['stage'] = 'ready';

  constructor(file: ImportFile, setting: Setting) {
    this.file = file;
    this.#setting = setting;
    this.#state = {
      id: file.id,
      fileName: file.fileName,
      bytes: file.bytes,
      createdAt: file.createdAt.toISOString(),
      stage: 'ready',
      cancelling: false,
      steps: [],
      imported: 0,
      problem: null,
      trouble: null,
    };
    this.#child = new ImporterChild(
      setting.program,
      (message) => this.#heard(message),
      () => this.#lost(),
    );
  }

  get state(): ImportState {
    return this.#state;
  }

  get isBusy(): boolean {
    return this.#state.stage === 'running' || this.#state.stage === 'reading';
  }

  /** Told of every change from now on. */
  listen(listener: (state: ImportState) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** The dry run. @throws Refused if the file cannot be read */
  async look(options: AskedOptions): Promise<ImportPreview> {
    this.#begin('reading');
    const answer = new Promise<ImportPreview>((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
    this.#send('preview', options);
    return answer;
  }

  run(options: AskedOptions): void {
    this.#begin('running');
    this.#send('run', options);
  }

  /** Ends a run after the batch under way. */
  cancel(): void {
    if (this.#state.stage !== 'running' || this.#state.cancelling) return;
    this.#change({ cancelling: true });
    this.#child.send({ kind: 'cancel' });
  }

  /** Ends everything; a batch under way is finished or undone. */
  async close(): Promise<void> {
    if (this.#state.stage === 'running') {
      this.#child.send({ kind: 'cancel' });
      this.#change({ stage: 'stopped', problem: 'The server is stopping.', trouble: { code: 'stopping' } });
    }
    this.#waiting?.reject(new Refused('unavailable', 'The import was taken away.'));
    this.#waiting = null;
    this.#listeners.clear();
    await this.#child.end();
  }

  #begin(stage: 'reading' | 'running'): void {
    if (this.isBusy) throw conflict('This import is at work already.', { import: this.#state });
    this.#stageBefore = this.#state.stage;
    this.#change({
      stage,
      problem: null,
      trouble: null,
      cancelling: false,
      ...(stage === 'running' && { steps: [], imported: 0 }),
    });
  }

  #send(kind: 'preview' | 'run', options: AskedOptions): void {
    const { path, badPath } = this.file;
    this.#child.send({
      kind,
      options,
      file: path,
      badFile: badPath,
      databaseUrl: this.#setting.databaseUrl,
    });
  }

  #change(change: Partial<ImportState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of [...this.#listeners]) listener(this.#state);
  }

  #heard(message: FromImporter): void {
    switch (message.kind) {
      case 'preview':
        this.preview = message.preview;
        this.#settleLook();
        this.#waiting?.resolve(message.preview);
        this.#waiting = null;
        return;
      case 'planned':
        return this.#change({ steps: [...message.steps] });
      case 'step':
        return this.#change({ steps: withStep(this.#state.steps, message.step) });
      case 'ended':
        this.#child.rest();
        return this.#change({
          stage: message.stopped ? 'stopped' : 'done',
          cancelling: false,
          imported: message.imported,
        });
      case 'failed':
        return message.trouble
          ? this.#failed(message.message, message.trouble)
          : this.#failed('Something went wrong on the server. It has been logged.', { code: 'internal' });
    }
  }

  #settleLook(): void {
    this.#child.rest();
    this.#change({ stage: this.#stageBefore });
  }

  #failed(problem: string, trouble: ImportTrouble): void {
    if (this.#waiting) {
      this.#settleLook();
      const code = trouble.code === 'internal' ? 'internal' : 'invalid';
      this.#waiting.reject(new Refused(code, problem, { details: { trouble } }));
      this.#waiting = null;
      return;
    }
    this.#child.rest();
    this.#change({ stage: 'failed', cancelling: false, problem, trouble });
  }

  /** Killed, or out of memory. */
  #lost(): void {
    if (this.#waiting)
      return this.#failed('The file is too much for this server to read.', { code: 'too_much' });
    if (this.#state.stage !== 'running') return;
    this.#change({
      stage: 'stopped',
      cancelling: false,
      problem: 'The import was interrupted. What was written stays; run it again to go on.',
      trouble: { code: 'interrupted' },
    });
  }
}

const withStep = (steps: readonly ImportStep[], step: ImportStep): ImportStep[] =>
  steps.some(({ name }) => name === step.name)
    ? steps.map((known) => (known.name === step.name ? step : known))
    : [...steps, step];
