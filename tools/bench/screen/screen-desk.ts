import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FromScreenServer, ScreenName, ToScreenServer } from './screen-messages.ts';

export interface ScreenDesk {
  readonly url: string;
  load(
    screen: ScreenName,
    rate: number,
    seconds: number,
  ): Promise<Extract<FromScreenServer, { kind: 'loaded' }>>;
}

/**
 * On a desk of its own for each screen: what is injected is in no log, so that a page which comes to a topic after it waits
 * for events before the next ones for ever. The overview, as the second screen of the orders, showed nothing at all.
 */
export async function onScreenDesk(port: string, work: (desk: ScreenDesk) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'almenara-bench-'));
  const server = fork(
    fileURLToPath(new URL('./screen-server.ts', import.meta.url)),
    [join(dataDir, 'postgres'), port],
    { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const order = (message: ToScreenServer): void => void server.send(message);
  try {
    const { url } = await told(server, 'ready');
    await work({
      url,
      load: (screen, rate, seconds) => {
        const loaded = told(server, 'loaded');
        order({ kind: 'load', screen, rate, seconds });
        return loaded;
      },
    });
  } finally {
    if (server.connected) order({ kind: 'stop' });
    await exited;
    await rm(dataDir, { recursive: true, force: true });
  }
}

function told<K extends FromScreenServer['kind']>(
  server: ChildProcess,
  kind: K,
): Promise<Extract<FromScreenServer, { kind: K }>> {
  const is = (message: FromScreenServer): message is Extract<FromScreenServer, { kind: K }> =>
    message.kind === kind;
  return new Promise((resolve, reject) => {
    const gone = (code: number | null): void => reject(new Error(`The measured server ended with ${code}.`));
    const listen = (message: FromScreenServer): void => {
      if (!is(message)) return;
      server.off('message', listen);
      server.off('exit', gone);
      resolve(message);
    };
    server.on('message', listen);
    server.once('exit', gone);
  });
}
