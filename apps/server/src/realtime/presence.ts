import { type Namespace, type Signal, type SignalType, signals } from '@almenara/events';
import type { Clock } from '../clock.ts';
import { Refused } from '../errors.ts';
import { connectionId } from './engine.ts';
import type { Places } from './places.ts';
import type { Signals } from './signals.ts';
import type { DeskSocket } from './types.ts';

/** Signals by which clients say where they are. */
export type PlaceType = {
  [T in SignalType]: (typeof signals)[T] extends { place: string } ? T : never;
}[SignalType];

export interface PresencePorts {
  readonly clock: Clock;
  readonly places: Places;
  signalsOf(namespace: Namespace): Signals;
}

/** Where everybody is who has opened the desk: no place of a signal is called so. */
const DESK = 'desk';
/** Places of one connection at a time, which may be that of many tabs. */
const PLACES_MAX = 30;
/** Who says so where it makes no difference. */
const WHOLE = '';

/**
 * Who is here: everybody who is connected, of them those at the desk, who are seen to come and go, and what each of
 * them is at, as the order that they look at. Newcomers are told at once.
 */
export class Presence {
  private readonly ports: PresencePorts;
  /** By user, their sockets in all namespaces. */
  private readonly sockets = new Map<string, number>();

  constructor(ports: PresencePorts) {
    this.ports = ports;
  }

  get userCount(): number {
    return this.sockets.size;
  }

  arrived(socket: DeskSocket, namespace: Namespace): void {
    const { userId, name } = socket.data.principal;
    const connection = connectionId(socket);
    this.count(userId, 1);
    if (namespace !== signals.presence.namespace) return;
    const { places, signalsOf } = this.ports;
    if (places.enter(DESK, { connection, by: WHOLE, userId, name }, this.now, Number.POSITIVE_INFINITY))
      this.tell('user_connected', { userId, name }, connection);
    signalsOf(namespace).welcome(socket.conn, this.whatNewcomersAreTold);
  }

  left(socket: DeskSocket, namespace: Namespace): void {
    const { userId, name } = socket.data.principal;
    const connection = connectionId(socket);
    this.count(userId, -1);
    const { places } = this.ports;
    for (const place of new Set(places.of(connection).map((seat) => seat.place))) {
      if (namespaceOf(place) !== namespace) continue;
      const gone = places.leave(place, { connection });
      if (gone && place === DESK) this.tell('user_disconnected', { userId, name }, connection);
      else if (gone) this.tellAll(place);
    }
  }

  /** Somebody says where they are. Throws `too_large` where one connection is in too many places. */
  moved(socket: DeskSocket, type: PlaceType, data: Readonly<Record<string, unknown>>): void {
    const { places } = this.ports;
    const { userId, name } = socket.data.principal;
    const connection = connectionId(socket);
    const { place: field, leaseMs } = signals[type];
    const { left, by: said, ...where } = data;
    const by = typeof said === 'string' ? said : WHOLE;
    const seats = places.of(connection);
    if (where[field] === null) {
      for (const { place } of seats.filter((seat) => seat.by === by && typeOf(seat.place) === type))
        if (places.leave(place, { connection, by })) this.tellAll(place);
      return;
    }
    const place = placeOf(type, where);
    if (left === true) {
      if (places.leave(place, { connection, by })) this.tellAll(place);
      return;
    }
    // One is the desk.
    if (seats.length > PLACES_MAX && !seats.some((seat) => seat.place === place && seat.by === by))
      throw new Refused('too_large', `One connection is at most at ${PLACES_MAX} places.`);
    if (places.enter(place, { connection, by, userId, name }, this.now, leaseMs)) this.tellAll(place);
    // Another tab over this connection may have been told before this one listened.
    else this.signalsOf(type).tellOne(socket.conn, this.listOf(place));
  }

  /** Forgets those who have not said for long that they are still there; to be called every few seconds. */
  expire(): void {
    for (const place of this.ports.places.expire(this.now)) this.tellAll(place);
  }

  private count(userId: string, change: 1 | -1): void {
    const sockets = (this.sockets.get(userId) ?? 0) + change;
    if (sockets > 0) this.sockets.set(userId, sockets);
    else this.sockets.delete(userId);
  }

  private readonly whatNewcomersAreTold = (): Signal[] => {
    const { places } = this.ports;
    const users = places.at(DESK).map(({ userId, since }) => ({
      userId,
      state: 'online' as const,
      since: new Date(since).toISOString(),
    }));
    const { namespace } = signals.presence;
    const lists = places.all().filter((place) => place !== DESK && namespaceOf(place) === namespace);
    return [{ type: 'presence', data: { users }, at: this.at }, ...lists.map((place) => this.listOf(place))];
  };

  private tellAll(place: string): void {
    this.signalsOf(typeOf(place)).tellLatest(place, () => this.listOf(place));
  }

  private tell(
    type: 'user_connected' | 'user_disconnected',
    data: { userId: string; name: string },
    but: string,
  ): void {
    this.signalsOf(type).tell({ type, data, at: this.at }, but);
  }

  private listOf(place: string): Signal {
    const users = this.ports.places.at(place).map(({ userId, name }) => ({ userId, name }));
    const type = typeOf(place);
    // The rest of the place is what was parsed with the schema of that type.
    return { type, data: { ...JSON.parse(place.slice(type.length)), users }, at: this.at };
  }

  private signalsOf(type: SignalType): Signals {
    return this.ports.signalsOf(signals[type].namespace);
  }

  private get now(): number {
    return this.ports.clock.now().getTime();
  }

  private get at(): string {
    return this.ports.clock.now().toISOString();
  }
}

/** A place's name is the type of its signal, and what says where: `viewing{"orderId":"…"}`. */
const placeOf = (type: PlaceType, where: Readonly<Record<string, unknown>>): string => {
  const fields = Object.entries(where).sort(([a], [b]) => (a < b ? -1 : 1));
  return type + JSON.stringify(Object.fromEntries(fields));
};
const namespaceOf = (place: string): Namespace =>
  (place === DESK ? signals.presence : signals[typeOf(place)]).namespace;
const typeOf = (place: string): PlaceType => place.slice(0, place.indexOf('{')) as PlaceType;
