import { type Logger, pino } from 'pino';

/** For tests and benchmarks, whose output is their own. */
export const silentLog = (): Logger => pino({ level: process.env.TEST_LOG ?? 'silent' });
