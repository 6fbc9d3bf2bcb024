import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, Line } from './line.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const BUILT = join(ROOT, 'apps', 'server', 'dist', 'main.js');
const SOURCE = join(ROOT, 'apps', 'server', 'src', 'main.ts');
const START_MS = 180_000;

/** A server of its own on fresh demo data, or on nothing at all, behind a line that can be cut; it can be killed and started again. */
export class House {
  /** For the browser, by way of the line if there is need to cut it. */
  readonly url: string;
  /** Past the line. */
  readonly directUrl: string;
  readonly line: Line;
  readonly #port: number;
  readonly #data: string;
  readonly #demo: boolean;
  readonly #proxied: boolean;
  #told = '';
  #process: ChildProcess | null = null;

  private constructor(
    line: Line,
    urlPort: number,
    port: number,
    data: string,
    { demo, proxied }: { demo: boolean; proxied: boolean },
  ) {
    this.line = line;
    this.url = `http://127.0.0.1:${urlPort}`;
    this.directUrl = `http://127.0.0.1:${port}`;
    this.#port = port;
    this.#data = data;
    this.#demo = demo;
    this.#proxied = proxied;
  }

  /** `proxied`: a proxy may stand before it, so that its first run takes the printed link. */
  static async open({
    demo = true,
    byLine = true,
    proxied = false,
  }: {
    demo?: boolean;
    byLine?: boolean;
    proxied?: boolean;
  } = {}): Promise<House> {
    const port = await freePort();
    const line = new Line(() => port);
    const house = new House(
      line,
      byLine ? await line.listen() : port,
      port,
      await mkdtemp(join(tmpdir(), 'almenara-house-')),
      { demo, proxied },
    );
    try {
      await house.start();
    } catch (error) {
      // Nobody else would end it.
      await house.close();
      throw error;
    }
    return house;
  }

  /** Where the database is that the server has started for itself, for a client of it. */
  async database(): Promise<{
    host: string;
    port: number;
    user: string;
    password: string;
    database: string;
  }> {
    const data = join(this.#data, 'postgres');
    const [pid, password] = await Promise.all([
      readFile(join(data, 'postmaster.pid'), 'utf8'),
      readFile(join(data, 'almenara.password'), 'utf8'),
    ]);
    // As PostgreSQL documents that file: the fourth line is the port, the fifth the folder of the socket.
    const [, , , port, host = ''] = pid.split('\n');
    return { host, port: Number(port), user: 'almenara', password, database: 'almenara' };
  }

  /** What the server printed for whoever makes the first administrator. */
  get setupLink(): string {
    const [link] = /http\S+\/setup#\S+/.exec(this.#told) ?? [];
    if (link === undefined) throw new Error('The server has printed no setup link');
    return link;
  }

  async start(): Promise<void> {
    const program = existsSync(BUILT) ? [BUILT] : ['--import', 'tsx', SOURCE];
    this.#process = spawn(process.execPath, program, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: String(this.#port),
        PUBLIC_URL: this.url,
        DATA_DIR: this.#data,
        DEMO_DATA: this.#demo ? '1' : '0',
        LOG_LEVEL: 'error',
        // A spec signs somebody in every few seconds.
        RATE_SIGN_IN: '1000',
        TRUST_PROXY: this.#proxied ? '1' : '0',
      },
    });
    this.#process.stdout?.on('data', (part: Buffer) => {
      this.#told += String(part);
      process.stdout.write(part);
    });
    process.once('exit', this.#endAtOnce);
    await this.#ready();
  }

  /** Nothing is left behind by a test or a tool that breaks off. */
  readonly #endAtOnce = (): void => void this.#process?.kill('SIGKILL');

  async #ready(): Promise<void> {
    const deadline = Date.now() + START_MS;
    while (Date.now() < deadline) {
      const answer = await fetch(`${this.directUrl}/health/ready`).catch(() => null);
      if (answer?.ok) return;
      if (this.#process?.exitCode !== null) throw new Error('The server ended before it was ready');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`The server was not ready after ${START_MS} ms`);
  }

  /** As a crash would end it. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async close(): Promise<void> {
    this.line.close();
    await this.#end('SIGTERM');
    await rm(this.#data, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const ending = this.#process;
    this.#process = null;
    process.removeListener('exit', this.#endAtOnce);
    if (!ending || ending.exitCode !== null) return;
    const gone = once(ending, 'exit');
    ending.kill(signal);
    await gone;
  }
}
