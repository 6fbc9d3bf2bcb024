import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { reportOf } from './reports.ts';
import { FAILED, PASSED, readReport, sum, type Tally } from './tally.ts';

/** What `turbo run --summarize` writes, as far as it is read here. */
const Summary = z.object({
  tasks: z.array(
    z.object({
      taskId: z.string(),
      task: z.string(),
      directory: z.string(),
      command: z.string(),
      cache: z.object({ status: z.enum(['HIT', 'MISS']) }),
      // Of a task that was not reached: none, or no exit code.
      execution: z
        .object({ startTime: z.number(), endTime: z.number(), exitCode: z.number().nullish() })
        .nullish(),
    }),
  ),
});

export interface Outcome {
  /** `@almenara/server#test` */
  readonly task: string;
  readonly tally: Tally;
  readonly ms: number;
  readonly note: 'cached' | 'not reached' | 'crashed' | null;
}

/** A package without such a script. */
const NOTHING = '<NONEXISTENT>';

export const summariesOf = (root: string): string[] => {
  const folder = join(root, '.turbo', 'runs');
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
};

/** What each task of a run of turbo came to. A task without a report is one check. */
export function readSummary(file: string, root: string): Outcome[] {
  const { tasks } = Summary.parse(JSON.parse(readFileSync(file, 'utf8')));
  return tasks
    .filter(({ command, taskId }) => command !== NOTHING && taskId !== '//#test')
    .map(({ taskId, task, directory, cache, execution }) => {
      const base = { task: taskId, ms: execution ? execution.endTime - execution.startTime : 0 };
      if (cache.status !== 'HIT' && typeof execution?.exitCode !== 'number')
        return { ...base, tally: FAILED, note: 'not reached' };
      const ok = cache.status === 'HIT' || execution?.exitCode === 0;
      const report = reportOf(join(root, directory), task);
      if (!existsSync(report))
        return { ...base, tally: ok ? PASSED : FAILED, note: cache.status === 'HIT' ? 'cached' : null };
      const tally = readReport(report);
      // A runner that crashed has failed, whatever it had counted by then.
      if (!ok && tally.failed === 0) return { ...base, tally: sum([tally, FAILED]), note: 'crashed' };
      return { ...base, tally, note: cache.status === 'HIT' ? 'cached' : null };
    });
}
