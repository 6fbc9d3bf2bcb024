import type { Tally } from './play.ts';

const WIDTH = 24;
const EVERY_MS = 5000;

/** One line that is written anew on a terminal; a line every now and then elsewhere. */
export function showProgress(stream: NodeJS.WriteStream, now: () => number) {
  let what = '';
  let total = 0;
  let told = Number.NEGATIVE_INFINITY;
  const tell = (done: number, more: string): void => {
    const filled = Math.round((WIDTH * done) / Math.max(1, total));
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
    const line = `  ${what.padEnd(9)} ${bar} ${done}/${total}${more}`;
    if (stream.isTTY) stream.write(`\r\u001b[2K${line}${done === total ? '\n' : ''}`);
    else if (now() - told >= EVERY_MS || done === total) {
      told = now();
      stream.write(`${line}\n`);
    }
  };
  return {
    started: (name: string, count: number): void => {
      what = name;
      total = count;
      told = Number.NEGATIVE_INFINITY;
      tell(0, '');
    },
    advanced: (done: number, more = ''): void => tell(done, more),
    ended: (): void => void (stream.isTTY && stream.write('\n')),
  };
}

export function describeTally({ placed, moved, refused }: Tally): string {
  const refusals = [...refused].map(([code, n]) => `${n} ${code}`).join(', ');
  return `${placed} orders placed, ${moved} moves${refusals === '' ? '' : `, refused: ${refusals}`}`;
}
