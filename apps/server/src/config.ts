import { z } from 'zod';

const positive = (fallback: number) => z.coerce.number().int().positive().default(fallback);

/** Every variable the server reads. Sizes are bytes, times are milliseconds. */
const Environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  /** Where HTTP, sockets and the web app are served. 0 takes a free port. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  HOST: z.string().default('0.0.0.0'),
  /** The address people open; its origin is the one that cookies are accepted from. Default: http://localhost:PORT. */
  PUBLIC_URL: z.url().optional(),
  /** Reverse proxies before the server: with 0 nobody's X-Forwarded-For is believed. */
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  /** A PostgreSQL of yours. Unset: the server starts its own, with its data in DATA_DIR. */
  DATABASE_URL: z.string().optional(),
  DATA_DIR: z.string().default('.almenara'),
  /** Signs session cookies; at least 32 characters. Unset: one is made and kept in DATA_DIR. */
  AUTH_SECRET: z.string().min(32).optional(),
  /** Made-up goods and the demo accounts, where the database is still empty. */
  DEMO_DATA: z.stringbool().default(false),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),

  /** How long the built-in PostgreSQL is tried to be started again, once it has ended by itself, before the server ends too. */
  DATABASE_PATIENCE_MS: positive(30_000),
  /** How long stopping may take in all: what has not ended by then is killed. Docker allows ten seconds. */
  STOP_MS: positive(9000),
  /**
   * Commands that have a transaction of their own at a time, beside the one that all others share; and how many may wait,
   * two seconds at most.
   */
  DATABASE_WRITERS: positive(2),
  DATABASE_READERS: positive(6),
  COMMAND_QUEUE: positive(2000),
  /** Limits of one node. */
  MAX_CONNECTIONS: positive(10_000),
  MAX_CONNECTIONS_PER_USER: positive(2000),
  /** Connections that have not signed in yet, beside those; half of them may be of one address. */
  MAX_STRANGERS: positive(2000),
  /** The largest packet or request body taken. */
  MAX_PACKET_BYTES: positive(1_000_000),
  /** The longest file that is taken to import in the browser. */
  MAX_IMPORT_BYTES: positive(64_000_000),
  /** Heap of a process that imports, in MB; a sales file of 64 MB takes about 700. Up to three are at work. */
  IMPORT_MEMORY_MB: positive(1536),
  /** What may wait for one connection before it is closed; it resumes from its cursor. */
  MAX_BUFFERED_BYTES: positive(16_000_000),
  /** Packets of one user in ten seconds: commands, then everything else. */
  RATE_COMMANDS: positive(3000),
  RATE_PACKETS: positive(10_000),
  /**
   * Tries to sign in from one address, or one known device, in a minute. Those at one account wait besides: see
   * auth/sign-in-guard.ts.
   */
  RATE_SIGN_IN: positive(60),
  /** Handshakes of sockets from one address in ten seconds that come to nothing: from then on they are told to wait. */
  RATE_HANDSHAKES: positive(300),
  HEARTBEAT_MS: positive(30_000),
});
export type Config = z.infer<typeof Environment>;

/** Reads the environment. Throws one error that names every variable that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = Environment.safeParse(set);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The environment is not right:\n${problems.join('\n')}`);
}
