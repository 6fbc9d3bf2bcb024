import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../process.ts';
import { Child } from '../load/child.ts';

const PROGRAM = join(root, 'tools/large-desk.ts');

/** Fills an empty database, by the command that people use. @returns seconds */
export async function makeLargeDesk(databaseUrl: string, scale: number): Promise<number> {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', PROGRAM, '--database-url', databaseUrl, '--scale', String(scale)],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const made = new Child('What makes a large desk', child);
  await made.exited;
  if (child.exitCode !== 0) throw new Error('The large desk could not be made.');
  return (performance.now() - began) / 1000;
}
