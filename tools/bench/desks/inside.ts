import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Child } from '../load/child.ts';
import type { Door } from '../load/light-client.ts';

export type Side = 'desk' | 'plain';

/** What can be asked of a desk from inside its process, and of a plain server in the same process. */
export type InsideQuestions = {
  listen: { ask: { databaseUrl: string }; answer: { desk: string; plain: string } };
  /**
   * A command of the desk, or an emit. @returns the event's id, and the moment of the commit or of the emit on the
   * machine's monotonic clock
   */
  commit: { ask: { side: Side; userId: string }; answer: { id: string; at: number } };
  /** Begins to hand over made-up events without PostgreSQL. @returns the place of the last one */
  inject: { ask: { side: Side; count: number; rate: number }; answer: number };
};

export interface Inside extends AsyncDisposable {
  readonly child: Child<InsideQuestions>;
  door(side: Side, token: string): Door;
}

export async function startInside(databaseUrl: string): Promise<Inside> {
  const program = fileURLToPath(new URL('./inside-process.ts', import.meta.url));
  const child = new Child<InsideQuestions>(
    'The desk that is looked into',
    fork(program, { execArgv: ['--import', 'tsx'], env: { ...process.env, NODE_ENV: 'production' } }),
  );
  const { desk, plain } = await child.ask('listen', { databaseUrl });
  return {
    child,
    door: (side, token) => (side === 'desk' ? { url: desk, token } : { url: plain, token: null }),
    [Symbol.asyncDispose]: () => child.stop(),
  };
}
