import type { Server as HttpServer } from 'node:http';
import { type AuthSuccess, NAMESPACES, type Namespace, parseTopic, topics } from '@almenara/events';
import { Server } from 'socket.io';
import type { Authenticator } from '../auth/authenticate.ts';
import type { Clock } from '../clock.ts';
import type { CommandBus } from '../commands/bus.ts';
import type { Config } from '../config.ts';
import { FanOut } from '../flow/fan-out.ts';
import type { Shares } from '../flow/shares.ts';
import type { UserLimits } from '../limits.ts';
import type { TopicAccess } from '../log/access.ts';
import type { Feed } from '../log/feed.ts';
import type { LogReader } from '../log/reader.ts';
import { Admission } from './admission.ts';
import { Answers } from './answers.ts';
import { Delivery } from './delivery.ts';
import { type Connection, connectionId } from './engine.ts';
import { HandshakeRefused, handshake } from './handshake.ts';
import { MemoryPlaces } from './places.ts';
import { Presence } from './presence.ts';
import { type Reach, reachThrough } from './reach.ts';
import { Session } from './session.ts';
import { Sessions } from './sessions.ts';
import { Signals } from './signals.ts';
import { SlowReaders } from './slow-readers.ts';
import { connectionRoom, type DeskServer, type DeskSocket, isTopicRoom, userRoom } from './types.ts';
import { Watchdogs } from './watchdogs.ts';

const HEADS_MS = 15_000;
const BACKPRESSURE_MS = 100;
/** Who has not said who they are by then is disconnected. */
const GREETING_MS = 5000;
/** Revocations that come past us (another node, a tool on the database) are noticed within this. */
const RECHECK_MS = 1000;
/** How late it is noticed that somebody has not said for long that they are still there. */
const LEASES_MS = 5000;
/** What a draining node asks its clients to wait; they spread over it and more. */
const DRAIN_MS = 1000;

export interface RealtimePorts {
  readonly http: HttpServer;
  readonly config: Config;
  readonly clock: Clock;
  readonly reader: LogReader;
  readonly feed: Feed;
  readonly access: TopicAccess;
  readonly bus: CommandBus;
  readonly authenticator: Authenticator;
  readonly limits: UserLimits;
  readonly shares: Shares;
  failed(error: unknown): void;
}

/** The live side over sockets: it puts together who is let in, what each of them does, and how events reach them. */
export class Realtime {
  readonly reach: Reach;
  private readonly io: DeskServer;
  private readonly ports: RealtimePorts;
  private readonly fanOut = new FanOut();
  private readonly delivery: Delivery;
  private readonly admission: Admission;
  private readonly presence: Presence;
  private readonly sessions: Sessions;
  private readonly watchdogs: Watchdogs;
  private readonly slow: SlowReaders;
  private readonly signals = new Map<Namespace, Signals>();
  private readonly answers = new WeakMap<Connection, Answers>();
  private stopping = false;

  constructor(ports: RealtimePorts) {
    this.ports = ports;
    const { config, clock, feed, authenticator, failed } = ports;
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
        const may = this.stopping ? Promise.resolve(false) : this.admission.mayBegin(request);
        may.then(
          (allowed) => allow(null, allowed),
          (error: unknown) => {
            failed(error);
            allow(null, false);
          },
        );
      },
    });
    this.admission = new Admission(config, (credentials) => authenticator.find(credentials));
    this.io.engine.on('connection', (connection: Connection) => this.admission.opened(connection));
    this.slow = new SlowReaders(config.MAX_BUFFERED_BYTES);
    this.reach = reachThrough(this.io);
    this.sessions = new Sessions(authenticator);
    const signalsOf = (namespace: Namespace): Signals => this.signalsOf(namespace);
    this.presence = new Presence({ clock, places: new MemoryPlaces(), signalsOf });
    this.watchdogs = new Watchdogs(clock, failed);
    this.delivery = new Delivery(this.io, this.fanOut, () => this.closeConnections());
    feed.openDoor(this.delivery);
    for (const namespace of NAMESPACES) this.open(namespace);
    this.io.of('/').use((_, next) => {
      const message = `Connect to one of ${NAMESPACES.join(', ')}.`;
      next(new HandshakeRefused({ code: 'forbidden', message }));
    });
  }

  start(epoch: string): void {
    this.delivery.start(epoch);
    this.watchdogs.every(HEADS_MS, () => this.delivery.announceHeads(this.ports.feed.positions()));
    this.watchdogs.every(BACKPRESSURE_MS, () => this.slow.cut(this.admission.members));
    this.watchdogs.every(RECHECK_MS, () => this.sessions.recheck());
    this.watchdogs.every(LEASES_MS, () => this.presence.expire());
  }

  /** Tells clients to come back a little later, and takes no new ones. Commands under way still get their answers. */
  drain(): void {
    this.stopping = true;
    for (const namespace of NAMESPACES) {
      this.io.of(namespace).local.emit('draining', { reconnectInMs: DRAIN_MS });
    }
  }

  /** Sends what has passed the gates, and closes all connections. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.watchdogs.stop();
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
  connections(): ReadonlySet<Connection> {
    return this.sessions.connections();
  }

  /** Looks at once whether everybody connected still is who they were, and ends the sessions of those who are not. */
  recheck = (): Promise<void> => {
    this.admission.rightsChanged();
    return this.sessions.recheck();
  };

  private open(name: Namespace): void {
    const namespace = this.io.of(name);
    const { authenticator, failed } = this.ports;
    namespace.use(handshake({ authenticator, failed, admission: this.admission }));
    namespace.on('connection', (socket: DeskSocket) => {
      const session = new Session(socket, name, {
        ...this.ports,
        presence: this.presence,
        history: () => this.delivery.history,
        answers: this.answersOf(socket.conn),
      });
      this.sessions.add(socket, session);
      this.greet(socket);
      this.presence.arrived(socket, name);
      // Between the look at who it is and here it was in no list that a revocation goes through.
      if (this.admission.isOutdated(socket)) this.sessions.recheck().catch((error: unknown) => failed(error));
      socket.on('disconnect', () => {
        this.sessions.remove(socket);
        this.admission.leaves(socket);
        this.presence.left(socket, name);
      });
    });
  }

  private greet(socket: DeskSocket): void {
    const { userId, role } = socket.data.principal;
    const id = connectionId(socket);
    void socket.join([connectionRoom(id), userRoom(userId)]);
    const { config, clock } = this.ports;
    const hello: AuthSuccess = {
      userId,
      role,
      connectionId: id,
      epoch: this.delivery.history,
      serverTime: clock.now().toISOString(),
      heartbeatMs: config.HEARTBEAT_MS,
      maxPacketBytes: config.MAX_PACKET_BYTES,
    };
    socket.emit('auth_success', hello);
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

  private closeConnections(): void {
    for (const connection of this.connections()) connection.close();
  }
}
