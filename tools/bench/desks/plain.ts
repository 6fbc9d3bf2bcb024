import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Child } from '../load/child.ts';
import type { Goods } from './goods.ts';
import type { ProbeQuestions } from './probe.ts';

export type PlainQuestions = {
  /** @returns the port it listens on */
  listen: { ask: { databaseUrl: string; goods: Goods; port: number }; answer: number };
};

export interface Plain extends AsyncDisposable {
  readonly url: string;
  readonly child: Child<ProbeQuestions & PlainQuestions>;
  stop(): Promise<void>;
}

export async function startPlain(databaseUrl: string, goods: Goods, port = 0): Promise<Plain> {
  const program = fileURLToPath(new URL('./plain-process.ts', import.meta.url));
  const child = new Child<ProbeQuestions & PlainQuestions>(
    'The plain server',
    fork(program, {
      execArgv: ['--expose-gc', '--import', 'tsx'],
      env: { ...process.env, NODE_ENV: 'production' },
    }),
  );
  const listening = await child.ask('listen', { databaseUrl, goods, port });
  return {
    url: `http://127.0.0.1:${listening}`,
    child,
    stop: () => child.stop(),
    [Symbol.asyncDispose]: () => child.stop(),
  };
}
