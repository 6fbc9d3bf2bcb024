import { commandNames, commands, queries, queryNames, routeNames, routes, topicKeys } from '@almenara/events';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/** Beside those of the contract. */
const OTHERS =
  'admin assets socket.io metrics docs stream settings start index.html favicon.svg sw.js manifest.webmanifest';

const WORDS: ReadonlySet<string> = new Set([
  ...OTHERS.split(' '),
  ...topicKeys,
  ...[
    ...commandNames.map((name) => commands[name].http.path),
    ...queryNames.map((name) => queries[name].path),
    ...routeNames.map((name) => routes[name].path),
  ].flatMap((path) => path.split('/').filter((part) => part !== '' && !part.includes('{'))),
]);

/** An id names something and opens nothing. */
const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const MAX_PARTS = 12;

/**
 * A path as the log may tell it: the words of our own routes, and ids. All else may be a secret, as an invitation's
 * token is; and so may a query.
 */
export function loggedPath(url: string): string {
  const [path = ''] = url.split(/[?#]/, 1);
  const parts = path.split('/');
  const told = parts
    .slice(0, MAX_PARTS)
    .map((part) => (part === '' || WORDS.has(part) || ID.test(part) ? part : '…'));
  return told.join('/') + (parts.length > MAX_PARTS ? '/…' : '');
}

/** Each request that was answered: method, path, status and how long it took, nothing else that came with it. */
export function accessLog(log: Logger): RequestHandler {
  return pinoHttp<Request, Response>({
    logger: log,
    // Theirs would first copy everything.
    wrapSerializers: false,
    autoLogging: { ignore: ({ url }) => url.startsWith('/health') },
    // The fault itself is a line of its own; a database that is away fails everybody's requests.
    customLogLevel: (_request, { statusCode }) =>
      statusCode >= 500 && statusCode !== 503 ? 'warn' : 'debug',
    customErrorObject: (_request, response, _error, { responseTime }) => ({ res: response, responseTime }),
    customSuccessMessage: () => 'answered',
    customErrorMessage: () => 'answered',
    serializers: {
      req: ({ id, method, originalUrl, url }: Request) => ({
        id,
        method,
        path: loggedPath(originalUrl ?? url),
      }),
      res: ({ statusCode }: Response) => ({ status: statusCode }),
    },
  });
}
