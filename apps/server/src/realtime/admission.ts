import type { IncomingMessage } from 'node:http';
import type { Refusal } from '@almenara/events';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { COOKIE_PREFIX } from '../auth/accounts.ts';
import { type Credentials, credentialsOf, hasAny } from '../auth/credentials.ts';
import { networkOf } from '../auth/network.ts';
import { isOurOrigin } from '../auth/origin.ts';
import type { Nobody, Principal } from '../auth/principal.ts';
import type { Config } from '../config.ts';
import { addressOf } from '../flow/address.ts';
import { Turns } from '../turns.ts';
import {
  boundPackets,
  type Connection,
  cutConnection,
  isOpen,
  onConnectPacket,
  watchPolls,
} from './engine.ts';
import { KnownConnections } from './known-connections.ts';
import { Members } from './members.ts';
import { Strangers } from './strangers.ts';
import type { DeskSocket } from './types.ts';

const WINDOW_S = 10;
/** Handshakes that come to nothing are told to wait from RATE_HANDSHAKES on; this many times as many are not answered. */
const HARD_FACTOR = 10;
/** Credentials looked up at a time, many by one statement, in turns by network; and how many of one network may wait. */
const LOOKUPS = { atOnce: 512, perKey: 256, waiting: 1000 };
/** A stranger has nothing to say but its credentials (bytes). */
const STRANGER_PACKET_BYTES = 16_000;
/** CONNECT packets of one connection until one is accepted. */
const CONNECTS = 16;

/**
 * Who gets a connection. Strangers and members have places of their own, so that a crowd at the door keeps nobody out
 * who belongs here; credentials are looked up in turns by network; and what a connection may do is counted when it
 * asks, not when it is answered.
 */
export class Admission {
  readonly members: Members;
  private readonly strangers: Strangers;
  private readonly lookups = new Turns(LOOKUPS);
  private readonly known = new KnownConnections();
  private readonly lookedUp = new WeakMap<DeskSocket, number>();
  private readonly handshakes: RateLimiterMemory;
  private readonly config: Config;
  private readonly find: (credentials: Credentials) => Promise<Principal | Nobody>;
  private readonly connects = new WeakMap<Connection, number>();
  private readonly namespaces = new WeakMap<Connection, Set<string>>();

  /** @param find whose credentials they are */
  constructor(config: Config, find: (credentials: Credentials) => Promise<Principal | Nobody>) {
    const { MAX_CONNECTIONS, MAX_CONNECTIONS_PER_USER, MAX_STRANGERS, RATE_HANDSHAKES } = config;
    this.config = config;
    this.find = find;
    this.members = new Members({ inAll: MAX_CONNECTIONS, ofUser: MAX_CONNECTIONS_PER_USER });
    this.strangers = new Strangers({ inAll: MAX_STRANGERS, ofNetwork: Math.ceil(MAX_STRANGERS / 2) });
    this.handshakes = new RateLimiterMemory({ points: RATE_HANDSHAKES, duration: WINDOW_S });
  }

  get strangerCount(): number {
    return this.strangers.count;
  }

  networkOf = (request: IncomingMessage): string => networkOf(addressOf(request, this.config.TRUST_PROXY));

  /** Whether a handshake may begin. Over the limit of its network only with credentials that are good. */
  async mayBegin(request: IncomingMessage): Promise<boolean> {
    // Upgrades bypass CORS: without this a foreign page could use a visitor's cookie.
    if (!this.mayUseCookie(request)) return false;
    const network = this.networkOf(request);
    const tries = await this.count(network);
    if (tries <= this.config.RATE_HANDSHAKES * HARD_FACTOR) return true;
    const credentials = credentialsOf(request.headers);
    if (!hasAny(credentials)) return false;
    const found = await this.lookups.run(network, () => this.find(credentials)).catch(() => null);
    return typeof found === 'object' && found !== null;
  }

  /** An engine connection has opened. */
  opened(connection: Connection): void {
    connection.once('close', () => {
      this.strangers.remove(connection);
      this.members.remove(connection);
    });
    watchPolls(connection);
    boundPackets(connection, STRANGER_PACKET_BYTES);
    onConnectPacket(connection, () => {
      const connects = (this.connects.get(connection) ?? 0) + 1;
      this.connects.set(connection, connects);
      if (connects > CONNECTS) cutConnection(connection);
    });
    this.strangers.add(connection, this.networkOf(connection.request));
  }

  /** One socket of each namespace a connection, and while one is being let in no second. @returns whether it is the one */
  enters(socket: DeskSocket): boolean {
    const open = this.namespaces.get(socket.conn) ?? new Set<string>();
    this.namespaces.set(socket.conn, open);
    if (open.has(socket.nsp.name)) return false;
    open.add(socket.nsp.name);
    return true;
  }

  leaves(socket: DeskSocket): void {
    this.namespaces.get(socket.conn)?.delete(socket.nsp.name);
  }

  /**
   * Looks up who asks when it is the turn of their network; the same credentials on the same connection once, which
   * opens several namespaces at a time. Throws `rate_limited`.
   */
  async lookUp(
    socket: DeskSocket,
    credentials: Credentials,
    find: () => Promise<Principal | Nobody>,
  ): Promise<Principal | Nobody> {
    this.strangers.greeted(socket.conn);
    const network = this.networkOf(socket.request);
    // Before: rights that change while it is looked up make what is found out of date.
    this.lookedUp.set(socket, this.known.changes);
    return this.known.find(socket.conn, credentials, () => this.lookups.run(network, find));
  }

  /** Somebody's rights have changed: what was found out before does not count any more. */
  rightsChanged(): void {
    this.known.forget();
  }

  /** Whether rights have changed since this socket was looked up. */
  isOutdated(socket: DeskSocket): boolean {
    return this.lookedUp.get(socket) !== this.known.changes;
  }

  /** Counts a connection as its user's, or says why not. */
  async admit(socket: DeskSocket, principal: Principal): Promise<Refusal | null> {
    const { conn } = socket;
    if (!isOpen(conn))
      return { code: 'rate_limited', message: 'The connection is gone.', retryAfterMs: 1000 };
    const known = this.members.has(conn);
    const full = this.members.add(conn, principal.userId);
    if (full) return full;
    this.connects.set(conn, 0);
    if (known) return null;
    this.strangers.remove(conn);
    boundPackets(conn, this.config.MAX_PACKET_BYTES);
    await this.handshakes.reward(this.networkOf(socket.request), 1);
    return null;
  }

  /** What a stranger without good credentials is told: where their network tries too often, when to come back. */
  async refusal(socket: DeskSocket, refusal: Refusal): Promise<Refusal> {
    this.strangers.refused(socket.conn);
    const tries = await this.handshakes.get(this.networkOf(socket.request));
    if (!tries || tries.consumedPoints <= this.config.RATE_HANDSHAKES) return refusal;
    const message = 'Too many connections are tried from your network. Wait a moment.';
    return { code: 'rate_limited', message, retryAfterMs: Math.max(1000, Math.ceil(tries.msBeforeNext)) };
  }

  private mayUseCookie(request: IncomingMessage): boolean {
    const { origin, host, cookie } = request.headers;
    if (!cookie?.includes(`${COOKIE_PREFIX}.session_token=`)) return true;
    return isOurOrigin(origin, host, this.config.PUBLIC_URL);
  }

  private async count(network: string): Promise<number> {
    try {
      return (await this.handshakes.consume(network)).consumedPoints;
    } catch (verdict) {
      if (verdict instanceof RateLimiterRes) return verdict.consumedPoints;
      throw verdict;
    }
  }
}
