import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../process.ts';
import { Child } from '../load/child.ts';
import { PROBED, type ProbeQuestions } from './probe.ts';

/** The bundle that `pnpm start` runs, or the sources, which need no build and are somewhat slower. */
export type Program = 'bundle' | 'sources';

const SERVER = join(root, 'apps/server');
const ARGUMENTS: Record<Program, readonly string[]> = {
  bundle: [join(SERVER, 'dist/main.js')],
  sources: ['--import', 'tsx', join(SERVER, 'src/main.ts')],
};
/** A load comes from one machine and few people: what protects a desk from that is out of its way. */
const RAISED = {
  MAX_CONNECTIONS: '20000',
  MAX_CONNECTIONS_PER_USER: '20000',
  MAX_STRANGERS: '20000',
  RATE_COMMANDS: '10000000',
  RATE_PACKETS: '10000000',
  RATE_HANDSHAKES: '10000000',
};

export interface Product extends AsyncDisposable {
  readonly url: string;
  readonly child: Child<ProbeQuestions>;
  stop(): Promise<void>;
}

/** The desk as its users run it, in production mode, in a process of its own, on that database. */
export async function startProduct(program: Program, databaseUrl: string, port = 0): Promise<Product> {
  const child = spawn(process.execPath, [...PROBED, ...ARGUMENTS[program]], {
    cwd: root,
    env: {
      ...process.env,
      ...RAISED,
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      AUTH_SECRET: 'a secret of benchmarks, long enough',
      PORT: String(port),
      HOST: '127.0.0.1',
      DEMO_DATA: '0',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const asked = new Child<ProbeQuestions>('The desk', child);
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (data) => {
      output += String(data);
      const found = /Almenara is at http:\/\/localhost:(\d+)/.exec(output)?.[1];
      if (found !== undefined) resolve(`http://127.0.0.1:${found}`);
    });
    child.once('exit', () => reject(new Error(`The desk did not start:\n${output}`)));
  });
  return {
    url,
    child: asked,
    stop: () => asked.stop(),
    [Symbol.asyncDispose]: () => asked.stop(),
  };
}
