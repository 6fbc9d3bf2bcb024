import type { Server as HttpServer, IncomingMessage } from 'node:http';
import {
  type AuthSuccess,
  NAMESPACES,
  type Namespace,
  parseTopic,
  signals,
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
import { FanOut } from '../flow/fan-out.ts';
import type { Shares } from '../flow/shares.ts';
import type { UserLimits } from '../limits.ts';
import { Coalescer } from '../log/coalesce.ts';
import { Feed } from '../log/feed.ts';
import type { LogReader } from '../log/reader.ts';
import { Admission } from './admission.ts';
import { Answers } from './answers.ts';
import { Broadcast, type Connection, connectionId, connectionsIn, eventMessage } from './engine.ts';
import { HandshakeRefused, handshake } from './handshake.ts';
import { Presence } from './presence.ts';
import { type Reach, reachThrough } from './reach.ts';
import { SendQueues } from './send-queues.ts';
import { Session } from './session.ts';
import { Signals } from './signals.ts';
import { SlowReaders } from './slow-readers.ts';
import { connectionRoom, type DeskServer, type DeskSocket, isTopicRoom, userRoom } from './types.ts';

const HEADS_MS = 15_000;
const BACKPRESSURE_MS = 100;
/** Who has not said who they are by then is disconnected. */
const GREETING_MS = 5000;
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
  readonly shares: Shares;
  failed(error: unknown): void;
}

/** The live side: who is connected, what they follow, and the way of committed events to them. */
export class Realtime {
  readonly feed: Feed;
  readonly reach: Reach;
  private readonly io: DeskServer;
  private readonly ports: RealtimePorts;
  private readonly fanOut = new FanOut();
  private readonly sendQueues: SendQueues;
  /** By namespace. */
  private readonly signals = new Map<Namespace, Signals>();
  /** Everybody who is connected, and of them those at the desk: they are seen to come and go. */
  private readonly presence = new Presence();
  private readonly atDesk = new Presence();
  private readonly sessions = new Map<DeskSocket, Session>();
  private readonly announced = new Map<TopicName, number>();
  private readonly cancels = new Set<() => void>();
  private readonly admission: Admission;
  private readonly answers = new WeakMap<Connection, Answers>();
  private readonly slow: SlowReaders;
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
      // What is sent would be compressed for each reader anew, and held twice.
      httpCompression: false,
      perMessageDeflate: false,
      connectTimeout: GREETING_MS,
      allowRequest: (request, allow) => {
        this.mayConnect(request).then(
          (may) => allow(null, may),
          (error: unknown) => {
            failed(error);
            allow(null, false);
          },
        );
      },
    });
    this.admission = new Admission(config);
    this.io.engine.on('connection', (connection: Connection) => this.admission.opened(connection));
    this.slow = new SlowReaders(config.MAX_BUFFERED_BYTES);
    this.reach = reachThrough(this.io);
    this.sendQueues = new SendQueues({
      fanOut: this.fanOut,
      emit: (topic, events) =>
        this.toReaders(topic, 'events', `[${events.map(({ json }) => json).join(',')}]`),
      skip: (topic, head) => this.tellHead(topic, head),
    });
    this.feed = new Feed({
      reader,
      clock,
      deliver: (topic, events) => this.sendQueues.add(topic, events),
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
    this.every(BACKPRESSURE_MS, () => this.slow.cut(this.admission.members));
    this.every(RECHECK_MS, () => this.recheckAll());
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
    this.fanOut.sendAll();
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
    return {
      connections: this.io.engine.clientsCount - this.admission.strangerCount,
      users: this.presence.userCount,
      rooms,
    };
  }

  /** The engine connections of everybody who has signed in. */
  connections(): ReadonlySet<DeskSocket['conn']> {
    return new Set([...this.sessions.keys()].map((socket) => socket.conn));
  }

  /** Looks at once whether everybody connected still is who they were, and ends the sessions of those who are not. */
  recheck = (): Promise<void> => {
    this.admission.rightsChanged();
    return this.recheckAll();
  };

  private recheckAll(): Promise<void> {
    return this.rechecks.run('all', () => this.recheckNow());
  }

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
    namespace.use(handshake({ authenticator, failed, admission: this.admission }));
    namespace.on('connection', (socket: DeskSocket) => {
      const session = new Session(socket, name, {
        reader,
        feed: this.feed,
        bus,
        clock,
        failed,
        limits,
        signals: this.signalsOf(name),
        answers: this.answersOf(socket.conn),
      });
      this.sessions.set(socket, session);
      this.arrived(socket, name);
      // Between the look at who it is and here it was in no list that a revocation goes through.
      if (this.admission.isOutdated(socket)) this.recheckAll().catch((error: unknown) => failed(error));
      socket.on('disconnect', () => {
        this.sessions.delete(socket);
        this.admission.leaves(socket);
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
    if (namespace === signals.user_connected.namespace && this.atDesk.add(principal, id))
      this.tell('user_connected', principal, id);
  }

  private left(socket: DeskSocket, namespace: Namespace): void {
    const { principal } = socket.data;
    const id = connectionId(socket);
    this.presence.remove(principal, id);
    if (namespace === signals.user_disconnected.namespace && this.atDesk.remove(principal, id))
      this.tell('user_disconnected', principal, id);
  }

  private tell(type: 'user_connected' | 'user_disconnected', principal: Principal, but: string): void {
    const { userId, name } = principal;
    const at = this.ports.clock.now().toISOString();
    this.signalsOf(signals[type].namespace).tell({ type, data: { userId, name }, at }, but);
  }

  private async mayConnect(request: IncomingMessage): Promise<boolean> {
    // Upgrades bypass CORS: without this a foreign page could use a visitor's cookie.
    if (this.stopping || !this.mayUseCookie(request)) return false;
    const { authenticator } = this.ports;
    return this.admission.mayBegin(request, (credentials) => authenticator.find(credentials));
  }

  private mayUseCookie(request: IncomingMessage): boolean {
    const { origin, host, cookie } = request.headers;
    if (!cookie?.includes(`${COOKIE_PREFIX}.session_token=`)) return true;
    return isOurOrigin(origin, host, this.ports.config.PUBLIC_URL);
  }

  /** Heads name what was sent: who has all of that lacks nothing that is not on its way. */
  private announceHeads(): void {
    const positions = this.feed.positions();
    for (const topic of this.announced.keys()) if (!positions.has(topic)) this.announced.delete(topic);
    for (const [topic, published] of positions) {
      const head = this.sendQueues.sentOf(topic) ?? published;
      if (this.announced.get(topic) === head) continue;
      this.announced.set(topic, head);
      this.tellHead(topic, head);
    }
  }

  private tellHead(topic: TopicName, head: number): void {
    this.toReaders(topic, 'heads', JSON.stringify({ epoch: this.epoch, heads: { [topic]: head } }));
  }

  /** Whoever follows a topic on this node; `payload` is JSON. */
  private toReaders(topic: TopicName, event: 'events' | 'heads', payload: string): void {
    const parsed = parseTopic(topic);
    if (!parsed) return;
    const namespace = this.io.of(topics[parsed.key].namespace);
    const message = new Broadcast([eventMessage(namespace.name, event, payload)]);
    for (const connection of connectionsIn(namespace, topic)) message.writeTo(connection);
  }

  private signalsOf(namespace: Namespace): Signals {
    const signals = this.signals.get(namespace) ?? new Signals(this.io.of(namespace), this.fanOut);
    this.signals.set(namespace, signals);
    return signals;
  }

  private answersOf(connection: Connection): Answers {
    const answers = this.answers.get(connection) ?? new Answers(connection, this.ports.shares);
    this.answers.set(connection, answers);
    return answers;
  }

  /** Another history: what clients hold may be of no use. They come back with their cursors and are told. */
  private beginAgain(epoch: string): void {
    this.epoch = epoch;
    this.sendQueues.forget();
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
