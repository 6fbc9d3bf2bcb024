import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { networkOf } from '../auth/network.ts';
import { Refused } from '../errors.ts';

/** Bytes of request bodies that are on their way or waited on, of one network and in all. */
const OF_NETWORK = 32_000_000;
const IN_ALL = 96_000_000;

/**
 * Bounds the memory of request bodies, before anybody knows whose they are: they count as long as their request is not
 * answered, by what they say they hold; one that does not say counts as the largest that is taken.
 */
export function boundBodies(maxBodyBytes: number): RequestHandler {
  const networks = new Map<string, number>();
  let all = 0;
  return (request, response, next) => {
    const bytes = Math.min(bodyBytes(request) ?? maxBodyBytes, maxBodyBytes);
    if (bytes === 0) return next();
    const network = networkOf(request.ip ?? '');
    const own = networks.get(network) ?? 0;
    if (own + bytes > OF_NETWORK || all + bytes > IN_ALL) {
      response.set('Connection', 'close');
      const message = 'Too much is being sent from your network. Send it again in a moment.';
      return next(new Refused('rate_limited', message, { retryAfterMs: 1000 }));
    }
    networks.set(network, own + bytes);
    all += bytes;
    response.once('close', () => {
      all -= bytes;
      const left = (networks.get(network) ?? 0) - bytes;
      if (left > 0) networks.set(network, left);
      else networks.delete(network);
    });
    next();
  };
}

/** What a request says its body holds; null where it does not say. */
function bodyBytes({ headers }: IncomingMessage): number | null {
  if (headers['transfer-encoding'] !== undefined) return null;
  const told = Number(headers['content-length'] ?? 0);
  return Number.isNaN(told) ? null : told;
}
