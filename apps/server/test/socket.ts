import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';

// biome-ignore lint/suspicious/noExplicitAny: a foreign program knows the wire from the design alone, not our types.
type Wire = any;

/** A client as an outside program would write it: plain socket.io-client, nothing of ours. */
export interface RawSocket extends AsyncDisposable {
  readonly socket: Socket;
  readonly hello: Wire;
  readonly events: Wire[];
  /** From the first on, which come with `auth_success`. */
  readonly signals: Wire[];
  ask(name: string, payload?: unknown): Promise<Wire>;
  command(name: string, input: unknown, commandId?: string): Promise<Wire>;
  close(): void;
}

export interface SocketOptions {
  readonly namespace?: string;
  readonly extraHeaders?: Record<string, string>;
  readonly transports?: string[];
}

export async function rawSocket(
  url: string,
  auth: Record<string, unknown>,
  { namespace = '/desk', ...options }: SocketOptions = {},
): Promise<RawSocket> {
  const socket = io(url + namespace, {
    auth: { clientId: randomUUID(), protocol: 1, ...auth },
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    ...options,
  });
  const events: Wire[] = [];
  socket.on('events', (envelopes: Wire[]) => events.push(...envelopes));
  const signals: Wire[] = [];
  socket.on('signal', (signal: Wire) => signals.push(signal));
  const hello = await new Promise<Wire>((resolve, reject) => {
    socket.once('auth_success', resolve);
    socket.once('connect_error', (error: Error & { data?: unknown }) => {
      socket.close();
      reject(error);
    });
  });
  const ask = (name: string, payload?: unknown): Promise<Wire> =>
    socket.timeout(20_000).emitWithAck(name, payload);
  return {
    socket,
    hello,
    events,
    signals,
    ask,
    command: (name, input, commandId = randomUUID()) => ask(name, { commandId, input }),
    close: () => void socket.close(),
    [Symbol.asyncDispose]: async () => void socket.close(),
  };
}

/** Why a handshake was refused: `err.data`. */
export async function refusalOf(attempt: Promise<RawSocket>): Promise<Wire> {
  try {
    (await attempt).close();
    return null;
  } catch (error) {
    return error instanceof Error && 'data' in error ? error.data : error;
  }
}
