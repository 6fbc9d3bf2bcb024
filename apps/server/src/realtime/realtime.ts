import type { Server as HttpServer, IncomingMessage } from 'node:http';
import {
  type AuthSuccess,
  type Namespace,
  parseTopic,
  type Refusal,
  type TopicName,
  topics,
} from '@almenara/events';
import { Server } from 'socket.io';
import { COOKIE_PREFIX } from '../auth/accounts.ts';
import type { Authenticator } from '../auth/authenticate.ts';
import { isOurOrigin } from '../auth/origin.ts';
import type { Principal } from '../auth/principal.ts';
import type { Clock } from '../clock.ts';
import type { CommandBus } from '../commands/bus.ts';
import type { Config } from '../config.ts';
import type { UserLimits } from '../limits.ts';
import { Coalescer } from '../log/coalesce.ts';
import { Feed } from '../log/feed.ts';
import type { LogReader } from '../log/reader.ts';
import { bytesWaiting, connectionId, cutConnection } from './engine.ts';
import { HandshakeRefused, handshake } from './handshake.ts';
import { Outbox } from './outbox.ts';
import { Presence } from './presence.ts';
import { type Reach, reachThrough } from './reach.ts';
import { Session } from './session.ts';
import { connectionRoom, type DeskServer, type DeskSocket, isTopicRoom, userRoom } from './types.ts';

const NAMESPACES: readonly Namespace[] = ['/desk', '/notifications'];
const HEADS_MS = 15_000;
const BACKPRESSURE_MS = 100;
/** A slow but honest reader may be over the bound this long, as while it loads a large snapshot… */
const SLOW_MS = 5000;
/** …but never over this many times the bound. */
const HARD_FACTOR = 4;
/** Revocations that come past us (another node, a tool on the database) are noticed within this. */
const RECHECK_MS = 1000;
/** What a draining node asks its clients to wait; they spread over it and more. */
const DRAIN_MS = 1000;

export interface RealtimePorts {
  readonly http: HttpServer;
  readonly config: Config;
  readonly clock: Clock;
  readonly reader: LogReader;
  readonly bus: CommandBus;
  readonly authenticator: Authenticator;
  readonly limits: UserLimits;
  failed(error: unknown): void;
}

/** The live side: who is connected, what they follow, and the way of committed events to them. */
export class Realtime {
  readonly feed: Feed;
  readonly reach: Reach;
  private readonly io: DeskServer;
  private readonly ports: RealtimePorts;
  private readonly outbox: Outbox;
  /** Everybody who is connected, and of them those at the desk: they are seen to come and go. */
  private readonly presence = new Presence();
  private readonly atDesk = new Presence();
  private readonly sessions = new Map<DeskSocket, Session>();
  private readonly announced = new Map<TopicName, number>();
  private readonly cancels = new Set<() => void>();
  private readonly slowSince = new WeakMap<DeskSocket['conn'], number>();
  private readonly rechecks = new Coalescer<void>();
  private epoch = '';
  private stopping = false;

  constructor(ports: RealtimePorts) {
    this.ports = ports;
    const { config, reader, clock, failed } = ports;
    this.io = new Server(ports.http, {
      path: '/socket.io',
      serveClient: false,
      pingInterval: config.HEARTBEAT_MS,
      pingTimeout: 20_000,
      maxHttpBufferSize: config.MAX_PACKET_BYTES,
      connectTimeout: 10_000,
      // Upgrades bypass CORS: without this a foreign page could use a visitor's cookie.
      allowRequest: (request, allow) => allow(null, !this.stopping && this.mayUseCookie(request)),
    });
    this.reach = reachThrough(this.io.of('/desk'));
    this.outbox = new Outbox((topic, envelopes) => {
      const parsed = parseTopic(topic);
      if (parsed) this.io.of(topics[parsed.key].namespace).local.to(topic).emit('events', envelopes);
    });
    this.feed = new Feed({
      reader,
      clock,
      deliver: (topic, envelopes) => this.outbox.add(topic, envelopes),
      epochChanged: (epoch) => this.beginAgain(epoch),
      failed,
    });
    for (const namespace of NAMESPACES) this.open(namespace);
    this.io.of('/').use((_, next) => {
      const message = `Connect to one of ${NAMESPACES.join(', ')}.`;
      next(new HandshakeRefused({ code: 'forbidden', message }));
    });
  }

  start(epoch: string): void {
    this.epoch = epoch;
    this.feed.start(epoch);
    this.every(HEADS_MS, () => this.announceHeads());
    this.every(BACKPRESSURE_MS, () => this.cutSlowReaders());
    this.every(RECHECK_MS, () => this.recheck());
  }

  /** Tells clients to come back a little later, and takes no new ones. Commands under way still get their answers. */
  drain(): void {
    this.stopping = true;
    for (const namespace of NAMESPACES) {
      this.io.of(namespace).local.emit('draining', { reconnectInMs: DRAIN_MS });
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    for (const cancel of this.cancels) cancel();
    await this.feed.stop();
    this.outbox.flush();
    await this.io.close();
  }

  stats(): { connections: number; users: number; rooms: Record<string, number> } {
    const rooms: Record<string, number> = {};
    for (const namespace of NAMESPACES) {
      for (const [room, sockets] of this.io.of(namespace).adapter.rooms) {
        // Every socket has a room of its own, named by its id; and who has a personal topic open is nobody's business.
        const topic = isTopicRoom(room) ? parseTopic(room) : null;
        if (topic && topics[topic.key].access.self === undefined) rooms[room] = sockets.size;
      }
    }
    return { connections: this.io.engine.clientsCount, users: this.presence.userCount, rooms };
  }

  /** The engine connections of everybody who has signed in. */
  connections(): ReadonlySet<DeskSocket['conn']> {
    return new Set([...this.sessions.keys()].map((socket) => socket.conn));
  }

  /** Looks at once whether everybody connected still is who they were, and ends the sessions of those who are not. */
  recheck = (): Promise<void> => this.rechecks.run('all', () => this.recheckNow());

  private async recheckNow(): Promise<void> {
    const sessions = [...this.sessions];
    if (sessions.length === 0) return;
    const verdicts = await this.ports.authenticator.recheck(
      sessions.map(([socket]) => socket.data.principal),
    );
    for (const [socket, session] of sessions) {
      const verdict = verdicts.get(socket.data.principal);
      if (verdict === 'expired' || verdict === 'revoked') session.end(verdict);
    }
  }

  private open(name: Namespace): void {
    const namespace = this.io.of(name);
    const { authenticator, reader, bus, clock, limits, failed } = this.ports;
    namespace.use(
      handshake({ authenticator, failed, roomFor: (principal, socket) => this.roomFor(principal, socket) }),
    );
    namespace.on('connection', (socket: DeskSocket) => {
      const session = new Session(socket, name, {
        reader,
        feed: this.feed,
        bus,
        clock,
        failed,
        limits,
        reach: this.reach,
      });
      this.sessions.set(socket, session);
      this.arrived(socket, name);
      socket.on('disconnect', () => {
        this.sessions.delete(socket);
        this.left(socket, name);
      });
    });
  }

  private arrived(socket: DeskSocket, namespace: Namespace): void {
    const { principal } = socket.data;
    const id = connectionId(socket);
    void socket.join([connectionRoom(id), userRoom(principal.userId)]);
    const { config, clock } = this.ports;
    const hello: AuthSuccess = {
      userId: principal.userId,
      role: principal.role,
      connectionId: id,
      epoch: this.epoch,
      serverTime: clock.now().toISOString(),
      heartbeatMs: config.HEARTBEAT_MS,
      maxPacketBytes: config.MAX_PACKET_BYTES,
    };
    socket.emit('auth_success', hello);
    this.presence.add(principal, id);
    if (namespace === '/desk' && this.atDesk.add(principal, id)) this.tell('user_connected', principal, id);
  }

  private left(socket: DeskSocket, namespace: Namespace): void {
    const { principal } = socket.data;
    const id = connectionId(socket);
    this.presence.remove(principal, id);
    if (namespace === '/desk' && this.atDesk.remove(principal, id))
      this.tell('user_disconnected', principal, id);
  }

  private tell(type: 'user_connected' | 'user_disconnected', principal: Principal, but: string): void {
    const { userId, name } = principal;
    const at = this.ports.clock.now().toISOString();
    this.reach.send({ allBut: but }, 'signal', { type, data: { userId, name }, at });
  }

  private roomFor(principal: Principal, socket: DeskSocket): Refusal | null {
    const { config } = this.ports;
    if (this.presence.has(principal.userId, connectionId(socket))) return null;
    if (this.io.engine.clientsCount > config.MAX_CONNECTIONS) {
      return { code: 'too_many_connections', message: 'This server is full.', retryAfterMs: 10_000 };
    }
    if (this.presence.connectionsOf(principal.userId) >= config.MAX_CONNECTIONS_PER_USER) {
      const message = `You have ${config.MAX_CONNECTIONS_PER_USER} connections open. Close some first.`;
      return { code: 'too_many_connections', message, retryAfterMs: 10_000 };
    }
    return null;
  }

  private mayUseCookie(request: IncomingMessage): boolean {
    const { origin, host, cookie } = request.headers;
    if (!cookie?.includes(`${COOKIE_PREFIX}.session_token=`)) return true;
    return isOurOrigin(origin, host, this.ports.config.PUBLIC_URL);
  }

  private announceHeads(): void {
    const positions = this.feed.positions();
    for (const topic of this.announced.keys()) if (!positions.has(topic)) this.announced.delete(topic);
    for (const [topic, head] of positions) {
      const parsed = parseTopic(topic);
      if (!parsed || this.announced.get(topic) === head) continue;
      this.announced.set(topic, head);
      const heads = { epoch: this.epoch, heads: { [topic]: head } };
      this.io.of(topics[parsed.key].namespace).local.to(topic).emit('heads', heads);
    }
  }

  private cutSlowReaders(): void {
    const { MAX_BUFFERED_BYTES } = this.ports.config;
    const now = performance.now();
    for (const connection of this.connections()) {
      const waiting = bytesWaiting(connection);
      if (waiting <= MAX_BUFFERED_BYTES) {
        this.slowSince.delete(connection);
        continue;
      }
      const since = this.slowSince.get(connection) ?? now;
      this.slowSince.set(connection, since);
      if (now - since > SLOW_MS || waiting > HARD_FACTOR * MAX_BUFFERED_BYTES) cutConnection(connection);
    }
  }

  /** Another history: what clients hold may be of no use. They come back with their cursors and are told. */
  private beginAgain(epoch: string): void {
    this.epoch = epoch;
    this.announced.clear();
    for (const connection of this.connections()) connection.close();
  }

  private every(ms: number, work: () => void | Promise<void>): void {
    const cycle = () => {
      this.cancels.delete(cancel);
      Promise.resolve()
        .then(work)
        .catch((error: unknown) => this.ports.failed(error))
        .finally(() => {
          if (!this.stopping) this.every(ms, work);
        });
    };
    const cancel = this.ports.clock.after(ms, cycle);
    this.cancels.add(cancel);
  }
}
