import type { ServerResponse } from 'node:http';
import { Socket as TcpSocket } from 'node:net';
import { bytesSent } from '../flow/sent.ts';
import { frames, type JsonParts, Message, type PacketOptions, textOf } from './frames.ts';
import type { DeskNamespace, DeskSocket } from './types.ts';

/**
 * The one file that looks inside Engine.IO: Socket.IO has no public word for what waits to be read by a client,
 * for cutting a connection whose reader has stopped reading, nor for an answer that is JSON already.
 */
export type Connection = DeskSocket['conn'];

interface RawWebSocket {
  readonly bufferedAmount: number;
  terminate(): void;
}

interface Packet {
  readonly data?: unknown;
  readonly options?: PacketOptions;
}

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

function rawWebSocket(connection: Connection): RawWebSocket | null {
  const socket = property(connection.transport, 'socket');
  if (typeof socket !== 'object' || socket === null) return null;
  if (!('bufferedAmount' in socket && 'terminate' in socket)) return null;
  return typeof socket.bufferedAmount === 'number' && typeof socket.terminate === 'function'
    ? (socket as RawWebSocket)
    : null;
}

function tcpOf(connection: Connection): TcpSocket | null {
  const tcp = property(rawWebSocket(connection), '_socket');
  return tcp instanceof TcpSocket ? tcp : null;
}

function queuedPackets(connection: Connection): Packet[] {
  const queue: unknown = Reflect.get(connection, 'writeBuffer');
  return Array.isArray(queue) ? queue : [];
}

/** Answers to polls that have been handed over and not been read. A poll is over for Engine.IO before it is read. */
const polls = new WeakMap<Connection, Set<ServerResponse>>();

/** To be called once for each connection, before anything is sent on it. */
export function watchPolls(connection: Connection): void {
  connection.on('flush', () => {
    const { transport } = connection;
    const response = transport.name === 'polling' ? property(transport, 'res') : null;
    if (!isResponse(response)) return;
    const unread = polls.get(connection) ?? new Set<ServerResponse>();
    polls.set(connection, unread.add(response));
    response.once('close', () => unread.delete(response));
  });
}

/** Calls back for each packet that asks for a namespace; Socket.IO has no word for those that it refuses by itself. */
export function onConnectPacket(connection: Connection, asked: () => void): void {
  connection.on('data', (data: unknown) => {
    if (typeof data === 'string' && data.startsWith('0')) asked();
  });
}

/** Forgets a socket whose handshake is neither accepted nor refused. */
export function abandon(socket: DeskSocket): void {
  const cleanUp: unknown = Reflect.get(socket, '_cleanup');
  if (typeof cleanUp === 'function') Reflect.apply(cleanUp, socket, []);
}

/** The largest packet that is taken from now on (bytes). */
export function boundPackets(connection: Connection, bytes: number): void {
  const bound = (): void => {
    const receiver = property(rawWebSocket(connection), '_receiver');
    if (typeof receiver === 'object' && receiver !== null) Reflect.set(receiver, '_maxPayload', bytes);
    else Reflect.set(connection.transport, 'maxHttpBufferSize', bytes);
  };
  bound();
  // Each bound that comes later is set after those before it.
  connection.on('upgrade', bound);
}

/** Bytes of a packet that has not come to its end. */
export function bytesArriving(connection: Connection): number {
  const receiver = property(rawWebSocket(connection), '_receiver');
  if (receiver !== undefined) {
    return numberOf(property(receiver, '_bufferedBytes')) + numberOf(property(receiver, '_messageLength'));
  }
  const posted = property(property(connection.transport, 'dataReq'), 'headers');
  return numberOf(Number(property(posted, 'content-length')));
}

const numberOf = (value: unknown): number => (typeof value === 'number' && !Number.isNaN(value) ? value : 0);

const isResponse = (value: unknown): value is ServerResponse =>
  typeof value === 'object' && value !== null && 'writableLength' in value && 'once' in value;

const NONE: readonly ServerResponse[] = [];

function unreadPolls(connection: Connection): readonly ServerResponse[] {
  const unread = polls.get(connection);
  return unread === undefined || unread.size === 0 ? NONE : [...unread];
}

/** Namespaces of one client share one connection; its id names all of them. */
export const connectionId = (socket: DeskSocket): string => String(Reflect.get(socket.conn, 'id'));

export const isOpen = (connection: Connection): boolean => connection.readyState === 'open';

/** What the transport has taken and the kernel has not. */
export function transportBytes(connection: Connection): number {
  let bytes = rawWebSocket(connection)?.bufferedAmount ?? 0;
  for (const { writableLength, socket } of unreadPolls(connection)) {
    bytes += Math.max(writableLength, socket?.writableLength ?? 0);
  }
  return bytes;
}

const packetBytes = ({ data, options }: Packet): number =>
  typeof data === 'string' || Buffer.isBuffer(data)
    ? data.length
    : (options?.wsPreEncodedFrame?.reduce((sum, part) => sum + part.length, 0) ?? 0);

/** Bytes on their way to one client: what the kernel has not taken yet, and packets that wait for the transport. */
export function bytesWaiting(connection: Connection): number {
  let bytes = transportBytes(connection);
  for (const packet of queuedPackets(connection)) bytes += packetBytes(packet);
  return bytes;
}

/**
 * Bytes that the client has read, or its kernel for it, also within a packet of megabytes. It only grows over a
 * WebSocket; of polls only those count that have not been read to their end.
 */
export function bytesRead(connection: Connection): number {
  const tcp = tcpOf(connection);
  if (tcp) return bytesSent(tcp);
  return unreadPolls(connection).reduce((sum, { socket }) => sum + (socket ? bytesSent(socket) : 0), 0);
}

/** Whether what `bytesRead` says can be counted on. */
export const isWebSocket = (connection: Connection): boolean => tcpOf(connection) !== null;

const LOOK_MS = 50;

/** Resolves when the client may have read something, or the connection is over. */
export function moved(connection: Connection): Promise<void> {
  const tcp = tcpOf(connection);
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      connection.off('close', done);
      tcp?.off('drain', soon);
      resolve();
    };
    // What waits behind goes to the transport right after.
    const soon = () => void setImmediate(done);
    const timer = setTimeout(done, LOOK_MS);
    timer.unref();
    connection.once('close', done);
    tcp?.once('drain', soon);
  });
}

/**
 * Drops what waits in the process, but for the rest of a message that has begun: without it the next one could not be
 * read. What the kernel holds has been sent already. @returns whether nothing is left
 */
export function dropQueued(connection: Connection): boolean {
  const queue = queuedPackets(connection);
  const next = queue.findIndex(({ options }) => options?.rest !== true);
  queue.length = next === -1 ? queue.length : next;
  return queue.length === 0;
}

/**
 * Ends the transport, not the session: the client sees a lost connection, comes back and resumes. A stalled reader
 * would never answer a closing handshake, so the socket is torn down.
 */
export function cutConnection(connection: Connection): void {
  queuedPackets(connection).length = 0;
  const unread = unreadPolls(connection);
  const socket = rawWebSocket(connection);
  if (socket) socket.terminate();
  else connection.close(true);
  for (const response of unread) response.socket?.destroy();
}

/** From now on the acknowledgements of this socket are given JSON, which is sent as it is. */
export function takeJsonAcks(socket: DeskSocket): void {
  Reflect.set(socket, 'ack', (id: number) => (answer: JsonParts) => {
    const { conn } = socket;
    if (!isOpen(conn)) return;
    // As Socket.IO's parser writes it: 3 is an acknowledgement.
    const parts = [`3${socket.nsp.name},${id}[`, ...answer, ']'];
    const shared = parts.some((part) => typeof part !== 'string');
    if (!shared || !rawWebSocket(conn)) conn.write(textOf(parts), { compress: false });
    else for (const options of frames(parts)) Reflect.apply(conn.write, conn, [undefined, options]);
  });
}

/** A ping stands behind what was sent before it, and so does its answer: the time for it begins anew. */
export function waitLongerForPong(connection: Connection): void {
  const timer = property(connection, 'pingTimeoutTimer');
  const refresh = property(timer, 'refresh');
  if (typeof refresh === 'function') Reflect.apply(refresh, timer, []);
}

/** An event as Socket.IO's parser writes it: 2 is an event. `payload` is JSON. */
export const eventMessage = (namespace: string, event: string, payload: string): Message =>
  new Message(`2${namespace},["${event}",${payload}]`);

/** Messages that go to many together: each connection is written the same bytes, at once. */
export class Broadcast {
  private readonly messages: readonly Message[];
  private options: PacketOptions | null = null;

  constructor(messages: readonly Message[]) {
    this.messages = messages;
  }

  writeTo(connection: Connection): void {
    if (connection.transport.name !== 'websocket') {
      for (const { text } of this.messages) connection.write(text, { compress: false });
      return;
    }
    this.options ??= { wsPreEncodedFrame: [joined(this.messages)], compress: false };
    Reflect.apply(connection.write, connection, [undefined, this.options]);
  }
}

const joined = ([first, ...rest]: readonly Message[]): Buffer =>
  first && rest.length === 0
    ? first.frame
    : Buffer.concat([first, ...rest].flatMap((message) => message?.frame ?? []));

/** The connections that are in a room of a namespace. */
export function* connectionsIn(namespace: DeskNamespace, room: string): Iterable<Connection> {
  for (const id of namespace.adapter.rooms.get(room) ?? []) {
    const conn = namespace.sockets.get(id)?.conn;
    if (conn) yield conn;
  }
}
