import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** By what somebody says who they are: the first of these that is there counts. */
export interface Credentials {
  /** A session token or an API key, as a handshake carries it. */
  readonly token?: string;
  readonly apiKey?: string;
  readonly authorization?: string;
  readonly cookie?: string;
}

/** Of all headers those by which somebody says who they are. Whether the cookie counts is the caller's to know. */
export function credentialsOf({
  cookie,
  authorization,
  'x-api-key': apiKey,
}: IncomingHttpHeaders): Credentials {
  return {
    ...(typeof apiKey === 'string' && apiKey !== '' && { apiKey }),
    ...(authorization && { authorization }),
    ...(cookie && { cookie }),
  };
}

export const hasAny = (credentials: Credentials): boolean => Object.keys(credentials).length > 0;

/** Names credentials in memory; nobody who reads it can sign in by it. */
export function fingerprintOf({ token, apiKey, authorization, cookie }: Credentials): string {
  const text = JSON.stringify([token, apiKey, authorization, cookie]);
  return createHash('sha256').update(text).digest('base64');
}
