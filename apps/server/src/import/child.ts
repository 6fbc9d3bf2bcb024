import { type ChildProcess, fork } from 'node:child_process';
import { projectRoot } from '../paths.ts';
import type { FromImporter, ToImporter } from './messages.ts';

/** How long a process that has nothing to do waits for more. */
const IDLE_MS = 60_000;
/** How long a batch may take to come to its end when the server stops. */
const GRACE_MS = 5_000;

/** The process that imports: started when it is needed, ended when it is not. */
export class ImporterChild {
  #process: ChildProcess | null = null;
  #idle: NodeJS.Timeout | null = null;
  readonly #program: URL;
  readonly #heard: (message: FromImporter) => void;
  readonly #lost: () => void;

  /** `lost`: it ended without being told to, with whatever was under way. */
  constructor(program: URL, heard: (message: FromImporter) => void, lost: () => void) {
    this.#program = program;
    this.#heard = heard;
    this.#lost = lost;
  }

  send(message: ToImporter): void {
    this.#stay();
    const child = this.#process ?? this.#start();
    child.send(message, (error) => {
      if (error) child.kill('SIGKILL');
    });
  }

  /** Nothing is under way: it may go after a while. */
  rest(): void {
    this.#stay();
    this.#idle = setTimeout(() => this.#release(), IDLE_MS);
    this.#idle.unref();
  }

  /** Lets the batch under way come to its end. */
  async end(): Promise<void> {
    const child = this.#release();
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const forced = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    await gone;
    clearTimeout(forced);
  }

  #stay(): void {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = null;
  }

  /** A process that is disconnected ends by itself, and is not missed. */
  #release(): ChildProcess | null {
    this.#stay();
    const child = this.#process;
    this.#process = null;
    if (child?.connected) child.disconnect();
    return child;
  }

  #start(): ChildProcess {
    const isSource = this.#program.pathname.endsWith('.ts');
    const child = fork(this.#program, {
      cwd: projectRoot(),
      execArgv: isSource ? ['--import', 'tsx'] : [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#process = child;
    child.on('message', (message: FromImporter) => {
      if (this.#process === child) this.#heard(message);
    });
    const lost = (): void => {
      if (this.#process !== child) return;
      this.#process = null;
      this.#lost();
    };
    child.on('exit', lost);
    child.on('error', lost);
    return child;
  }
}
