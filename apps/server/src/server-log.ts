import { type DestinationStream, type Logger, pino } from 'pino';
import type { SecretMask } from './secret-mask.ts';

/** Causes of causes that are told. */
const DEPTH = 4;
const MAX_MESSAGE = 2000;
const MAX_STACK = 30;

export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

/**
 * What the log tells of an error: its kind, message, code and where it was thrown. Not its other fields: drivers hang
 * the parameters of a query on them, URLs their input, requests their headers.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: clipped(textOf(error)) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: error.name,
    message: clipped(messageOf(error)),
    ...(code !== undefined && { code: clipped(code) }),
    ...(error.stack !== undefined && { stack: placesOf(error.stack) }),
    ...(error.cause !== undefined && depth < DEPTH && { cause: loggedError(error.cause, depth + 1) }),
  };
}

/** Anything may be thrown; of what is no error only plain values are told. */
const textOf = (value: unknown): string =>
  typeof value === 'object' || typeof value === 'function' ? 'not an error' : String(value);

/** Prisma writes the arguments of a call between what was called and what was wrong with it. */
function messageOf({ name, message }: Error): string {
  const text = message.trim();
  if (!name.startsWith('PrismaClient')) return withoutValue(text);
  const paragraphs = text.split(/\n\s*\n/);
  const [first = ''] = text.split('\n', 1);
  const last = paragraphs.at(-1)?.trim() ?? '';
  return withoutValue(last === text ? text : `${first.trim()} ${last}`);
}

/** PostgreSQL ends with the value that it could not read, as in `for type uuid: "…"`. */
const withoutValue = (message: string): string => message.replace(/: "[^"]*"$/, ': "…"');

const clipped = (text: string): string =>
  text.length > MAX_MESSAGE ? `${text.slice(0, MAX_MESSAGE)} …` : text;

/** Without the message, which stands before them with whatever it holds. */
const placesOf = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, MAX_STACK)
    .map((line) => line.trim())
    .join('\n');

/** The server's log. Secrets are kept out by telling little, and by `mask` at the very end, at whatever level. */
export function createServerLog(level: string, mask: SecretMask, destination?: DestinationStream): Logger {
  const options = {
    level,
    serializers: { err: loggedError, error: loggedError },
    hooks: { streamWrite: mask.mask },
  };
  if (destination) return pino(options, destination);
  return pino({
    ...options,
    ...(process.stdout.isTTY && {
      transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } },
    }),
  });
}
