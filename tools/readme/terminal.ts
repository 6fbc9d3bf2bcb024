import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { Checkout, Person } from './checkout.ts';

/** What a newcomer's shell has. Nothing of ours: neither the programs of this checkout nor what pnpm tells its scripts. */
function environment(home: string, more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept =
    /^(PATH|LANG|LC_.*|TERM|NODE_EXTRA_CA_CERTS|.*_PROXY|.*_proxy|npm_config_(registry|cafile|noproxy))$/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.test(name)));
  return {
    ...env,
    PATH: (env.PATH ?? '')
      .split(':')
      .filter((folder) => !folder.includes('node_modules'))
      .join(':'),
    HOME: home,
    TMPDIR: home,
    // Who is asked whether npx may get pnpm says yes.
    npm_config_yes: 'true',
    ...more,
  };
}

export interface TerminalOptions extends Person {
  readonly checkout: Checkout;
  readonly home: string;
  readonly env?: NodeJS.ProcessEnv;
}

// Vitest ends its workers like this; without a listener no other one for the end would be called.
process.once('SIGTERM', () => process.exit(143));

/** A command that runs in a shell, as in the foreground of a terminal. */
export class Terminal {
  readonly #process: ChildProcess;
  readonly #ended: Promise<number | null>;
  #output = '';
  #code: number | null | undefined;

  constructor(command: string, { checkout, home, env = {}, uid, gid }: TerminalOptions) {
    // `pnpm` is npx's where none is installed.
    const shell = `pnpm() { npx pnpm@12 "$@"; }\n${command}`;
    this.#process = spawn('sh', ['-c', shell], {
      cwd: checkout.folder,
      env: environment(home, env),
      stdio: ['ignore', 'pipe', 'pipe'],
      // The process group of the foreground.
      detached: true,
      ...(uid !== undefined && { uid }),
      ...(gid !== undefined && { gid }),
    });
    this.#process.stdout?.on('data', (data) => (this.#output += String(data)));
    this.#process.stderr?.on('data', (data) => (this.#output += String(data)));
    process.once('exit', this.#interrupt);
    this.#ended = new Promise((resolve) => {
      this.#process.once('close', (code) => {
        process.removeListener('exit', this.#interrupt);
        this.#code = code;
        resolve(code);
      });
    });
  }

  /** Also where the tests break off, as nobody else would end it. */
  readonly #interrupt = (): void => {
    if (this.#code === undefined && this.#process.pid !== undefined)
      process.kill(-this.#process.pid, 'SIGINT');
  };

  get output(): string {
    return this.#output;
  }

  /** @throws with what the command has printed, if it ends without saying that */
  async says(pattern: RegExp): Promise<RegExpMatchArray> {
    return vi.waitUntil(
      () => {
        const found = this.#output.match(pattern);
        if (!found && this.#code !== undefined)
          throw new Error(`It ended with ${this.#code}:\n${this.#output}`);
        return found;
      },
      { timeout: 240_000, interval: 50 },
    );
  }

  /** @returns the exit code */
  ended(): Promise<number | null> {
    return this.#ended;
  }

  /** As a terminal does: the signal goes to all in the foreground. */
  async ctrlC(): Promise<void> {
    if (this.#code === undefined && this.#process.pid !== undefined)
      process.kill(-this.#process.pid, 'SIGINT');
    await this.#ended;
  }
}

/** Commands of processes that work in a folder, or run from there. */
export function processesIn(folder: string): string[] {
  if (process.platform !== 'linux') {
    const all = execFileSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' });
    return all.split('\n').filter((line) => line.includes(folder));
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const command = readFileSync(join('/proc', pid, 'cmdline'), 'utf8').replaceAll('\0', ' ');
        const at = readlinkSync(join('/proc', pid, 'cwd'));
        return command.includes(folder) || at.startsWith(folder) ? [`${pid} ${command}`] : [];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
}

export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
