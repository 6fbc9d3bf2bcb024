import {
  type AuthSuccess,
  type CommandInput,
  type CommandName,
  type CommandOutput,
  type Envelope,
  type EnvelopeOf,
  type EventType,
  type Namespace,
  type Signal,
  type SignalData,
  type TopicKey,
  type TopicParams,
  topicKeys,
  topicName,
  topics,
} from '@almenara/events';
import type { Client, ClientOptions, ClientSignalType, TopicHandle } from './api.ts';
import { Board, type BoardDeps } from './board.ts';
import type { ConnectionState } from './connection-state.ts';
import { Connector, PRIMARY } from './connector.ts';
import { Deliveries, type ResetInfo } from './deliveries.ts';
import { topicHandle } from './handle.ts';
import type { Lane, LanePacket } from './lane.ts';
import type { Observable } from './observable.ts';
import { COMMAND_TIMEOUT_MS, Outbox, type RunOptions } from './outbox.ts';
import type { Transport } from './port.ts';
import { SideLane } from './side-lane.ts';
import { systemTimers } from './timers.ts';
import { socketIoTransport } from './transport.ts';
import { randomUuid } from './uuid.ts';
import { pageWakeups, type Wakeup, type Wakeups } from './wakeups.ts';

export const createClient = (options: ClientOptions = {}): Client => new DeskClient(options);

/** The one place where the parts are wired. */
class DeskClient implements Client {
  readonly #wakeups: Wakeups;
  readonly #deliveries: Deliveries;
  readonly #connector: Connector;
  readonly #outbox: Outbox;
  readonly #boards = new Map<Namespace, Board>();
  readonly #primary: Board;
  readonly #sides: SideLane[] = [];
  #lane: Lane | null = null;
  #unlisten: (() => void) | null = null;

  constructor(options: ClientOptions) {
    const { timers = systemTimers, random = Math.random, uuid = randomUuid } = options;
    const report = options.onError ?? ((error: unknown) => console.error(error));
    const lane = {
      timers,
      random,
      report,
      clientId: options.clientId ?? uuid(),
      credentials: options.credentials,
    };
    this.#wakeups = options.wakeups ?? pageWakeups;
    this.#deliveries = new Deliveries(report);
    this.#connector = new Connector(
      {
        ...lane,
        transport: options.transport ?? socketIoTransport(),
        setup: { url: options.url || undefined, extraHeaders: options.extraHeaders },
      },
      {
        connected: (primary, hello, transport) => this.#connected(primary, hello, transport),
        disconnected: () => this.#disconnected(),
        packet: (packet) => this.#heard(packet, this.#primary),
      },
    );
    this.#outbox = new Outbox({
      timers,
      random,
      uuid,
      userId: () => this.session.get()?.userId ?? null,
      ackTimeoutMs: options.commandTimeoutMs ?? COMMAND_TIMEOUT_MS,
      standsAt: (positions) => {
        for (const board of this.#boards.values()) board.standAt(positions);
      },
    });
    const boardDeps: BoardDeps = {
      timers,
      random,
      report,
      mostEventsBehind: options.mostEventsBehind ?? Number.POSITIVE_INFINITY,
      kept: (topic) => options.kept?.(topic) ?? null,
      deliver: (items) => this.#deliveries.add(items),
      changed: () => this.#changed(),
      historyChanged: () => this.#connector.send({ type: 'history_changed' }),
      followingChanged: () => {
        for (const side of this.#sides) side.refresh();
      },
    };
    for (const namespace of [PRIMARY, ...topicKeys.map((key) => topics[key].namespace)]) {
      if (this.#boards.has(namespace)) continue;
      const board = new Board(boardDeps);
      this.#boards.set(namespace, board);
      if (namespace === PRIMARY) continue;
      const packet = (packet: LanePacket): void => this.#heard(packet, board);
      this.#sides.push(new SideLane(namespace, board, { ...lane, packet }));
    }
    this.#primary = this.#boardOf(PRIMARY);
  }

  get connection(): Observable<ConnectionState> {
    return this.#connector.state;
  }

  get session(): Observable<AuthSuccess | null> {
    return this.#connector.session;
  }

  start(): void {
    this.#unlisten ??= this.#wakeups((wakeup) => this.#woken(wakeup));
    this.#outbox.start();
    this.#connector.send({ type: 'started' });
  }

  stop(): void {
    this.#unlisten?.();
    this.#unlisten = null;
    this.#connector.send({ type: 'stopped' });
    this.#outbox.stop();
  }

  retryNow(): void {
    this.#connector.send({ type: 'retry_asked' });
  }

  topic<K extends TopicKey>(key: K, params: TopicParams = {}): TopicHandle<K> {
    return topicHandle(this.#boardOf(topics[key].namespace), key, topicName(key, params));
  }

  listen<K extends TopicKey>(key: K, params: TopicParams = {}): () => void {
    return this.#boardOf(topics[key].namespace).listen(topicName(key, params));
  }

  on<T extends EventType>(type: T, handler: (envelope: EnvelopeOf<T>) => void): () => void {
    return this.#deliveries.on(type, handler);
  }

  onAny(handler: (envelope: Envelope) => void): () => void {
    return this.#deliveries.onAny(handler);
  }

  onReset(handler: (info: ResetInfo) => void): () => void {
    return this.#deliveries.onReset(handler);
  }

  run<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
    options?: RunOptions,
  ): Promise<CommandOutput<N>> {
    return this.#outbox.run(name, input, options);
  }

  signal<T extends ClientSignalType>(type: T, data: SignalData<T>): void {
    this.#lane?.signal({ type, data });
  }

  onSignal(handler: (signal: Signal) => void): () => void {
    return this.#deliveries.onSignal(handler);
  }

  #boardOf(namespace: Namespace): Board {
    const board = this.#boards.get(namespace);
    if (!board) throw new TypeError(`No topic is in ${namespace}`);
    return board;
  }

  #connected(lane: Lane, hello: AuthSuccess, transport: Transport): void {
    this.#lane = lane;
    this.#primary.attach(lane, hello.epoch);
    for (const side of this.#sides) side.attach(transport);
    this.#outbox.attach(lane, hello);
    this.#changed();
  }

  #disconnected(): void {
    this.#lane = null;
    this.#outbox.detach();
    this.#primary.detach();
    for (const side of this.#sides) side.detach();
  }

  #heard(packet: LanePacket, board: Board): void {
    switch (packet.name) {
      case 'events':
        return board.receive(packet.envelopes);
      case 'heads':
        return board.heard(packet.heads);
      case 'signal':
        return this.#deliveries.signal(packet.signal);
      case 'draining':
        return this.#connector.send({ type: 'draining', reconnectInMs: packet.reconnectInMs });
      case 'session_ended':
        return this.#connector.send({ type: 'session_ended', code: packet.code });
    }
  }

  #changed(): void {
    this.#deliveries.flush();
    if (this.#connector.state.get().kind !== 'resuming') return;
    for (const board of this.#boards.values()) if (!board.settled) return;
    this.#connector.send({ type: 'caught_up' });
  }

  #woken(wakeup: Wakeup): void {
    if (wakeup === 'back') this.#connector.send({ type: 'woken' });
    if (this.#lane) for (const board of this.#boards.values()) board.check();
  }
}
