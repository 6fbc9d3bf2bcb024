import { Handshake, PROTOCOL, type Refusal } from '@almenara/events';
import type { Authenticator } from '../auth/authenticate.ts';
import type { Principal } from '../auth/principal.ts';
import type { DeskSocket } from './types.ts';

/** A refusal as Socket.IO carries it to the client: `connect_error` with `err.data`. */
export class HandshakeRefused extends Error {
  readonly data: Refusal;

  constructor(data: Refusal) {
    super(data.message);
    this.data = data;
  }
}

export interface HandshakePorts {
  readonly authenticator: Authenticator;
  /** Null, or why there is no room for one more connection of this user. */
  roomFor(principal: Principal, socket: DeskSocket): Refusal | null;
  failed(error: unknown): void;
}

/** The middleware of every namespace: nobody gets past it without a name. */
export function handshake(ports: HandshakePorts) {
  return (socket: DeskSocket, next: (error?: Error) => void): void => {
    admit(socket, ports).then(
      (refusal) => next(refusal === null ? undefined : new HandshakeRefused(refusal)),
      (error: unknown) => {
        ports.failed(error);
        const message = 'The server cannot look you up just now.';
        next(new HandshakeRefused({ code: 'unavailable', message, retryAfterMs: 2000 }));
      },
    );
  };
}

async function admit(
  socket: DeskSocket,
  { authenticator, roomFor }: HandshakePorts,
): Promise<Refusal | null> {
  const parsed = Handshake.safeParse(socket.handshake.auth);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    return { code: 'protocol_mismatch', message: `The handshake is not right (${fields}).` };
  }
  const { token, clientId, protocol } = parsed.data;
  if (protocol !== PROTOCOL) {
    return {
      code: 'protocol_mismatch',
      message: `This server speaks protocol ${PROTOCOL}, not ${protocol}. Reload the page or update the client.`,
    };
  }
  const found = await (token == null
    ? authenticator.byHeaders(credentials(socket))
    : authenticator.byToken(token));
  if (found === 'expired') return { code: 'expired', message: 'The session has expired. Sign in again.' };
  if (found === 'unauthenticated') return { code: 'unauthenticated', message: 'Sign in first.' };

  const full = roomFor(found, socket);
  if (full) return full;
  socket.data.principal = found;
  socket.data.clientId = clientId;
  return null;
}

function credentials(socket: DeskSocket): Headers {
  const { cookie, authorization } = socket.handshake.headers;
  const apiKey = socket.handshake.headers['x-api-key'];
  const headers = new Headers();
  if (cookie) headers.set('cookie', cookie);
  if (authorization) headers.set('authorization', authorization);
  if (typeof apiKey === 'string') headers.set('x-api-key', apiKey);
  return headers;
}
