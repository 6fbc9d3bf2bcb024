import type { RequestHandler } from 'express';
import { isOurOrigin } from '../auth/origin.ts';
import { Refused } from '../errors.ts';

/**
 * Turns away what another site's page has a browser send to change something, with a cookie or without: some of what
 * changes accounts needs none.
 */
export const requireOurOrigin =
  (publicUrl: string | undefined): RequestHandler =>
  (request, _response, next) => {
    const changes = !['GET', 'HEAD', 'OPTIONS'].includes(request.method);
    if (changes && !isOurOrigin(request.header('origin'), request.header('host'), publicUrl))
      throw new Refused('forbidden', 'This request comes from another site.');
    next();
  };
