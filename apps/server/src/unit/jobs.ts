import type { z } from 'zod';
import type { Sql } from '../database/sql.ts';

/** Work in the background as its feature defines it: apart from who does it, and how. */
export interface JobDefinition<I extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly input: I;
}

export const defineJob = <I extends z.ZodType>(name: string, input: I): JobDefinition<I> => ({ name, input });

/** A job that a command wants done once it is committed. */
export interface NewJob {
  readonly name: string;
  readonly input: unknown;
}

/** Where jobs wait for a worker. */
export interface JobQueue {
  /** Whether somebody takes jobs of that name: what is put into a queue that is not there would be lost without a word. */
  has(name: string): boolean;
  /** Stores them in the transaction of the commands that want them, so that neither is ever there without the other. */
  insert(sql: Sql, jobs: readonly NewJob[]): Promise<void>;
}

/** Of a process that has no queue: whoever wants a job is told so, and nothing of the command is done. */
export const noQueue: JobQueue = {
  has: () => false,
  insert: () => Promise.reject(new Error('This process has no queue for jobs.')),
};
