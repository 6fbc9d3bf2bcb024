import { Handshake, PROTOCOL, type Refusal } from '@almenara/events';
import type { Authenticator } from '../auth/authenticate.ts';
import { credentialsOf } from '../auth/credentials.ts';
import { Refused } from '../errors.ts';
import type { Admission } from './admission.ts';
import { abandon } from './engine.ts';
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
  readonly admission: Admission;
  failed(error: unknown): void;
}

/** The middleware of every namespace: nobody gets past it without a name. */
export function handshake(ports: HandshakePorts) {
  return (socket: DeskSocket, next: (error?: Error) => void): void => {
    const { admission } = ports;
    // Socket.IO itself notices a second one only when the first has been let in. That one's answer is for both.
    if (!admission.enters(socket)) return abandon(socket);
    const refused = (refusal: Refusal): void => {
      admission.leaves(socket);
      next(new HandshakeRefused(refusal));
    };
    admit(socket, ports).then(
      (refusal) => (refusal === null ? next() : refused(refusal)),
      (error: unknown) => {
        if (error instanceof Refused) {
          const { message, retryAfterMs = 1000 } = error;
          return refused({ code: 'rate_limited', message, retryAfterMs });
        }
        ports.failed(error);
        const message = 'The server cannot look you up just now.';
        refused({ code: 'unavailable', message, retryAfterMs: 2000 });
      },
    );
  };
}

async function admit(
  socket: DeskSocket,
  { authenticator, admission }: HandshakePorts,
): Promise<Refusal | null> {
  const parsed = Handshake.safeParse(socket.handshake.auth);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    const message = `The handshake is not right (${fields}).`;
    return admission.refusal(socket, { code: 'protocol_mismatch', message });
  }
  const { token, clientId, protocol } = parsed.data;
  if (protocol !== PROTOCOL) {
    const message = `This server speaks protocol ${PROTOCOL}, not ${protocol}. Reload the page or update the client.`;
    return admission.refusal(socket, { code: 'protocol_mismatch', message });
  }
  const credentials = token == null ? credentialsOf(socket.handshake.headers) : { token };
  const found = await admission.lookUp(socket, credentials, () => authenticator.find(credentials));
  if (found === 'expired') {
    const message = 'The session has expired. Sign in again.';
    return admission.refusal(socket, { code: 'expired', message });
  }
  if (found === 'unauthenticated') {
    return admission.refusal(socket, { code: 'unauthenticated', message: 'Sign in first.' });
  }
  const full = await admission.admit(socket, found);
  if (full) return full;
  socket.data.principal = found;
  socket.data.clientId = clientId;
  return null;
}
