import type { DeskSocket } from './types.ts';

/**
 * The one file that looks inside Engine.IO: Socket.IO has no public word for what waits to be read by a client,
 * nor for cutting a connection whose reader has stopped reading.
 */
type Connection = DeskSocket['conn'];

interface RawWebSocket {
  readonly bufferedAmount: number;
  terminate(): void;
}

function rawWebSocket(connection: Connection): RawWebSocket | null {
  const transport: unknown = connection.transport;
  if (typeof transport !== 'object' || transport === null || !('socket' in transport)) return null;
  const { socket } = transport;
  if (typeof socket !== 'object' || socket === null) return null;
  if (!('bufferedAmount' in socket && 'terminate' in socket)) return null;
  return typeof socket.bufferedAmount === 'number' && typeof socket.terminate === 'function'
    ? (socket as RawWebSocket)
    : null;
}

function queuedPackets(connection: Connection): { data?: unknown }[] {
  const queue: unknown = Reflect.get(connection, 'writeBuffer');
  return Array.isArray(queue) ? queue : [];
}

/** Namespaces of one client share one connection; its id names all of them. */
export const connectionId = (socket: DeskSocket): string => String(Reflect.get(socket.conn, 'id'));

/** What the transport has taken and the kernel has not. */
export const transportBytes = (connection: Connection): number =>
  rawWebSocket(connection)?.bufferedAmount ?? 0;

/** Bytes on their way to one client: what the kernel has not taken yet, and packets that wait for the transport. */
export function bytesWaiting(connection: Connection): number {
  let bytes = transportBytes(connection);
  for (const { data } of queuedPackets(connection)) {
    if (typeof data === 'string' || Buffer.isBuffer(data)) bytes += data.length;
  }
  return bytes;
}

/** Drops what waits in the process. What the kernel holds has been sent already. */
export function dropQueued(connection: Connection): void {
  queuedPackets(connection).length = 0;
}

/**
 * Ends the transport, not the session: the client sees a lost connection, comes back and resumes. A stalled reader
 * would never answer a closing handshake, so the socket is torn down.
 */
export function cutConnection(connection: Connection): void {
  dropQueued(connection);
  const socket = rawWebSocket(connection);
  if (socket) socket.terminate();
  else connection.close(true);
}
