import type { ImportPreview, ImportState, ImportStep, ImportTrouble } from '@almenara/events';
import type { Clock } from '../../clock.ts';
import { conflict, Refused } from '../../errors.ts';
import type { AskedOptions } from '../read/options.ts';
import type { Beginner } from './beginner.ts';
import { ImporterChild } from './child.ts';
import { documentsDone, ImportRecord, interrupted } from './kept-import.ts';
import type { FromImporter } from './messages.ts';
import type { Turn, Turns } from './turns.ts';

export interface ImportFile {
  readonly path: string;
  readonly badPath: string;
}

export interface Setting {
  readonly program: URL;
  readonly memoryMb: number;
  readonly databaseUrl: string;
  readonly clock: Clock;
  readonly turns: Turns;
}

interface Waiting {
  resolve(preview: ImportPreview): void;
  reject(error: Error): void;
}

/** How long somebody waits for others' files to be read: below what proxies wait for an answer. */
const PATIENCE_MS = 20_000;
/** A process that has read a larger file gives its memory back at once. */
const LARGE = 8_000_000;

/** One file that somebody has brought, and what has become of it. */
export class ImportSession {
  readonly file: ImportFile;
  preview: ImportPreview | null = null;
  readonly #setting: Setting;
  readonly #child: ImporterChild;
  readonly #record: ImportRecord;
  readonly #listeners = new Set<(state: ImportState) => void>();
  #state: ImportState;
  #turn: Turn | null = null;
  #waiting: Waiting | null = null;
  #stageBefore: ImportState['stage'] = 'ready';

  constructor(file: ImportFile, state: ImportState, setting: Setting) {
    this.file = file;
    this.#setting = setting;
    this.#state = state;
    this.#record = new ImportRecord(file.path);
    this.#record.keep(state);
    this.#child = new ImporterChild(
      setting,
      (message) => this.#heard(message),
      (outOfMemory) => this.#lost(outOfMemory),
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

  /** The dry run. @throws Refused if the file cannot be read, or too many others are being read */
  async look(options: AskedOptions, by: Beginner): Promise<ImportPreview> {
    this.#begin('reading');
    const answer = new Promise<ImportPreview>((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
    const turn = this.#takeTurn(by);
    const giveUp = this.#setting.clock.after(PATIENCE_MS, () => {
      if (this.#turn === turn) turn.end();
    });
    void turn.begun.then((begun) => {
      giveUp();
      if (begun) this.#send('preview', options, by);
      else if (this.#waiting) this.#refuseLook(busy());
    });
    return answer;
  }

  run(options: AskedOptions, by: Beginner): void {
    this.#begin('running');
    // That many bad lines are too many is said on the command line only.
    const { limitErrors: _, ...settings } = options;
    this.#change({ settings });
    void this.#takeTurn(by).begun.then((begun) => {
      if (begun) this.#send('run', options, by);
    });
  }

  /** Ends a run after the batch under way. */
  cancel(): void {
    if (this.#state.stage !== 'running' || this.#state.cancelling) return;
    if (this.#child.isRunning) {
      this.#change({ cancelling: true });
      this.#child.send({ kind: 'cancel' });
    } else {
      this.#rest();
      this.#change({ stage: 'stopped' });
    }
  }

  /** Ends everything; a batch under way is finished or undone. @returns whether there is something to go on with */
  async close(): Promise<boolean> {
    const running = this.#state.stage === 'running';
    if (running) {
      if (this.#child.isRunning) this.#child.send({ kind: 'cancel' });
      const problem = 'The server is stopping.';
      const imported = documentsDone(this.#state);
      this.#change({ stage: 'stopped', problem, imported, trouble: { code: 'stopping' } });
    }
    this.#waiting?.reject(new Refused('unavailable', 'The import was taken away.'));
    this.#waiting = null;
    this.#listeners.clear();
    this.#setting.turns.stirs(this.#child);
    await this.#child.end();
    this.#turn?.end();
    await this.#record.settled();
    return running;
  }

  /** Nothing of it is found again. */
  forget(): Promise<void> {
    return this.#record.remove();
  }

  #takeTurn(by: Beginner): Turn {
    this.#turn = this.#setting.turns.take(by.userId);
    return this.#turn;
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

  #send(kind: 'preview' | 'run', options: AskedOptions, by: Beginner): void {
    const { path, badPath } = this.file;
    const { databaseUrl, turns } = this.#setting;
    turns.stirs(this.#child);
    const { userId, via } = by;
    this.#child.send({ kind, options, file: path, badFile: badPath, databaseUrl, by: { userId, via } });
  }

  /** Gives the turn back, and the process to whoever needs one next. */
  #rest(): void {
    this.#turn?.end();
    this.#turn = null;
    if (!this.#child.isRunning) return;
    if (this.#state.bytes > LARGE) return void this.#child.end();
    this.#child.rest();
    this.#setting.turns.rests(this.#child);
  }

  #change(change: Partial<ImportState>): void {
    this.#state = { ...this.#state, ...change };
    this.#record.keep(this.#state);
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
        this.#rest();
        return this.#change({
          stage: message.stopped ? 'stopped' : 'done',
          cancelling: false,
          imported: message.imported,
        });
      case 'interrupted':
        return this.#interrupted();
      case 'failed':
        return message.trouble
          ? this.#failed(message.message, message.trouble)
          : this.#failed('Something went wrong on the server. It has been logged.', { code: 'internal' });
    }
  }

  #settleLook(): void {
    this.#rest();
    this.#change({ stage: this.#stageBefore });
  }

  #refuseLook(error: Refused): void {
    this.#settleLook();
    this.#waiting?.reject(error);
    this.#waiting = null;
  }

  #failed(problem: string, trouble: ImportTrouble): void {
    if (this.#waiting) {
      const code = trouble.code === 'internal' ? 'internal' : 'invalid';
      return this.#refuseLook(new Refused(code, problem, { details: { trouble } }));
    }
    this.#rest();
    const stage = trouble.code === 'no_right' ? 'stopped' : 'failed';
    this.#change({ stage, cancelling: false, imported: documentsDone(this.#state), problem, trouble });
  }

  /** Killed, or out of memory. */
  #lost(outOfMemory: boolean): void {
    this.#setting.turns.stirs(this.#child);
    if (this.#waiting || (outOfMemory && this.#state.stage === 'running'))
      return this.#failed('The file is too much for this server to read.', { code: 'too_much' });
    this.#stopInterrupted();
  }

  /** The database was away for too long. */
  #interrupted(): void {
    if (this.#waiting) {
      const message = 'The database does not answer just now. Try again.';
      return this.#refuseLook(new Refused('unavailable', message, { retryAfterMs: 1000 }));
    }
    this.#stopInterrupted();
  }

  #stopInterrupted(): void {
    this.#rest();
    if (this.#state.stage === 'running') this.#change(interrupted(this.#state));
  }
}

const busy = (): Refused =>
  new Refused('unavailable', 'Other files are being read just now. Try again in a moment.', {
    retryAfterMs: 5_000,
  });

const withStep = (steps: readonly ImportStep[], step: ImportStep): ImportStep[] =>
  steps.some(({ name }) => name === step.name)
    ? steps.map((known) => (known.name === step.name ? step : known))
    : [...steps, step];
