import { type ChildProcess, fork } from 'node:child_process';
import { projectRoot } from '../../paths.ts';
import type { FromImporter, ToImporter } from './messages.ts';

/** How long a process that has nothing to do waits for more. */
const IDLE_MS = 60_000;
/** V8 ends a process whose heap is full like this; within a container's first process the signal is a code. */
const ABORTED = 134;
/** How long a batch may take to come to its end when the server stops. */
const GRACE_MS = 5_000;

/** The process that imports: started when it is needed, ended when it is not. */
export class ImporterChild {
  #process: ChildProcess | null = null;
  #idle: NodeJS.Timeout | null = null;
  readonly #program: URL;
  readonly #memoryMb: number;
  readonly #heard: (message: FromImporter) => void;
  readonly #lost: (outOfMemory: boolean) => void;

  /**
   * @param memoryMb beyond which its heap does not grow: it ends then
   * @param lost it ended without being told to, with whatever was under way
   */
  constructor(
    { program, memoryMb }: { readonly program: URL; readonly memoryMb: number },
    heard: (message: FromImporter) => void,
    lost: (outOfMemory: boolean) => void,
  ) {
    this.#program = program;
    this.#memoryMb = memoryMb;
    this.#heard = heard;
    this.#lost = lost;
  }

  get isRunning(): boolean {
    return this.#process !== null;
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
      execArgv: [`--max-old-space-size=${this.#memoryMb}`, ...(isSource ? ['--import', 'tsx'] : [])],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#process = child;
    child.on('message', (message: FromImporter) => {
      if (this.#process === child) this.#heard(message);
    });
    const lost = (outOfMemory: boolean): void => {
      if (this.#process !== child) return;
      this.#process = null;
      this.#lost(outOfMemory);
    };
    child.on('exit', (code, signal) => lost(signal === 'SIGABRT' || code === ABORTED));
    child.on('error', () => lost(false));
    return child;
  }
}
