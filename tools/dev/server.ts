import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { watchFolders } from './folders.ts';

/** The server's own shutdown takes less. */
const GRACE_MS = 20_000;

export interface DevelopmentServerOptions {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Folders: a change in one of them, or below, starts the server again. */
  readonly sources: readonly string[];
}

/**
 * Runs a server and starts it again when its sources change. One that ends by itself waits for the next change, for
 * somebody is at work on it; only where nothing has changed since the first start there is nothing to wait for.
 */
export class DevelopmentServer {
  readonly #options: DevelopmentServerOptions;
  #process: ChildProcess | null = null;
  #changed = false;
  #restart = false;
  #stopping = false;
  #wake: (() => void) | null = null;

  constructor(options: DevelopmentServerOptions) {
    this.#options = options;
  }

  /** @returns the exit code: 0 once it was asked to stop, else that of a server which did not come up or broke off */
  async run(): Promise<number> {
    const unwatch = watchFolders(this.#options.sources, () => this.#onChange());
    try {
      for (;;) {
        this.#restart = false;
        const code = await this.#ended();
        if (this.#stopping) return 0;
        if (this.#restart) continue;
        if (!this.#changed) return code || 1;
        console.log('\nThe server has ended. It starts again at the next change.');
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        if (this.#stopping) return 0;
      }
    } finally {
      unwatch();
    }
  }

  stop(): void {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#end();
    this.#wake?.();
  }

  #onChange(): void {
    this.#changed = true;
    this.#wake?.();
    if (this.#process === null || this.#restart || this.#stopping) return;
    this.#restart = true;
    console.log('\nThe sources have changed: starting again.');
    this.#end();
  }

  #ended(): Promise<number> {
    const { command, cwd, env } = this.#options;
    // With `kill -9` of this very process, the kernel tells the server.
    const tied = ['setpriv', '--pdeathsig', 'TERM'];
    const [program = '', ...args] = [
      ...(spawnSync('setpriv', ['--pdeathsig', 'TERM', 'true']).status === 0 ? tied : []),
      ...command,
    ];
    // A group of its own: Ctrl-C comes to us alone, and we pass it on once.
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    });
    this.#process = child;
    return new Promise((resolve) => {
      child.once('error', (error) => {
        console.error(error.message);
        resolve(1);
      });
      child.once('exit', (code) => {
        this.#process = null;
        resolve(code ?? 1);
      });
    });
  }

  #end(): void {
    const child = this.#process;
    if (child === null) return;
    child.kill('SIGTERM');
    const impatience = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), GRACE_MS);
    impatience.unref();
    child.once('exit', () => clearTimeout(impatience));
  }
}
