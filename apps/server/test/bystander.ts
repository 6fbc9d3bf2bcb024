import { rawSocket } from './socket.ts';

/**
 * A process of its own, so that what is measured is the server and not the attacker's event loop: another user, who
 * works on while a desk is attacked. It begins and ends as it is told, and tells how long each request took (ms).
 */
const [url = '', token = '', productId = ''] = process.argv.slice(2);

export type ToBystander = 'begin' | 'end';
export type FromBystander = { ready: true } | { took: number[] } | { refused: string };

const raw = await rawSocket(url, { token });
const tell = (message: FromBystander): void => void process.send?.(message);
const pause = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 5));
let working = false;

async function work(): Promise<void> {
  const took: number[] = [];
  const timed = async (asked: Promise<{ ok: boolean; error?: { message: string } }>): Promise<void> => {
    const from = performance.now();
    const answer = await asked;
    if (!answer.ok) throw new Error(answer.error?.message);
    took.push(performance.now() - from);
  };
  while (working) {
    await timed(raw.command('receive_stock', { productId, zone: 'A1', quantity: 1 }));
    await timed(raw.ask('subscribe', { topics: [{ topic: 'zones' }] }));
    await pause();
  }
  tell({ took });
}

process.on('message', (message: ToBystander) => {
  working = message === 'begin';
  if (working) work().catch((error: unknown) => tell({ refused: String(error) }));
});
process.on('disconnect', () => process.exit(0));
tell({ ready: true });
