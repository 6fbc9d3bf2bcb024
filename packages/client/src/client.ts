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
import { COMMAND_TIMEOUT_MS, CommandSender, type RunOptions } from './command-sender.ts';
import type { ConnectionState } from './connection-state.ts';
import { Connector, PRIMARY } from './connector.ts';
import { Dispatcher, type ResetInfo } from './dispatcher.ts';
import type { NamespaceSocket, SocketPacket } from './namespace-socket.ts';
import type { Observable } from './observable.ts';
import type { Transport } from './port.ts';
import { SecondarySocket } from './secondary-socket.ts';
import { systemTimers } from './timers.ts';
import { topicHandle } from './topic-handle.ts';
import { TopicRegistry, type TopicRegistryDeps } from './topic-registry.ts';
import { socketIoTransport } from './transport.ts';
import { randomUuid } from './uuid.ts';
import { pageWakeups, type Wakeup, type Wakeups } from './wakeups.ts';

export const createClient = (options: ClientOptions = {}): Client => new DeskClient(options);

/** The one place where the parts are wired. */
class DeskClient implements Client {
  readonly #wakeups: Wakeups;
  readonly #dispatcher: Dispatcher;
  readonly #connector: Connector;
  readonly #commandSender: CommandSender;
  readonly #registries = new Map<Namespace, TopicRegistry>();
  readonly #primary: TopicRegistry;
  readonly #secondaries: SecondarySocket[] = [];
  #socket: NamespaceSocket | null = null;
  #unlisten: (() => void) | null = null;

  constructor(options: ClientOptions) {
    const { timers = systemTimers, random = Math.random, uuid = randomUuid } = options;
    const report = options.onError ?? ((error: unknown) => console.error(error));
    const socketDeps = {
      timers,
      random,
      report,
      clientId: options.clientId ?? uuid(),
      credentials: options.credentials,
    };
    this.#wakeups = options.wakeups ?? pageWakeups;
    this.#dispatcher = new Dispatcher(report);
    this.#connector = new Connector(
      {
        ...socketDeps,
        transport: options.transport ?? socketIoTransport(),
        setup: { url: options.url || undefined, extraHeaders: options.extraHeaders },
      },
      {
        connected: (primary, hello, transport) => this.#connected(primary, hello, transport),
        disconnected: () => this.#disconnected(),
        packet: (packet) => this.#heard(packet, this.#primary),
      },
    );
    this.#commandSender = new CommandSender({
      timers,
      random,
      uuid,
      userId: () => this.session.get()?.userId ?? null,
      ackTimeoutMs: options.commandTimeoutMs ?? COMMAND_TIMEOUT_MS,
      standsAt: (positions) => {
        for (const registry of this.#registries.values()) registry.standAt(positions);
      },
    });
    const registryDeps: TopicRegistryDeps = {
      timers,
      random,
      report,
      mostEventsBehind: options.mostEventsBehind ?? Number.POSITIVE_INFINITY,
      kept: (topic) => options.kept?.(topic) ?? null,
      deliver: (items) => this.#dispatcher.add(items),
      changed: () => this.#changed(),
      historyChanged: () => this.#connector.send({ type: 'history_changed' }),
      followingChanged: () => {
        for (const secondary of this.#secondaries) secondary.refresh();
      },
    };
    for (const namespace of [PRIMARY, ...topicKeys.map((key) => topics[key].namespace)]) {
      if (this.#registries.has(namespace)) continue;
      const registry = new TopicRegistry(registryDeps);
      this.#registries.set(namespace, registry);
      if (namespace === PRIMARY) continue;
      const packet = (packet: SocketPacket): void => this.#heard(packet, registry);
      this.#secondaries.push(new SecondarySocket(namespace, registry, { ...socketDeps, packet }));
    }
    this.#primary = this.#registryOf(PRIMARY);
  }

  get connection(): Observable<ConnectionState> {
    return this.#connector.state;
  }

  get session(): Observable<AuthSuccess | null> {
    return this.#connector.session;
  }

  start(): void {
    this.#unlisten ??= this.#wakeups((wakeup) => this.#woken(wakeup));
    this.#commandSender.start();
    this.#connector.send({ type: 'started' });
  }

  stop(): void {
    this.#unlisten?.();
    this.#unlisten = null;
    this.#connector.send({ type: 'stopped' });
    this.#commandSender.stop();
  }

  retryNow(): void {
    this.#connector.send({ type: 'retry_asked' });
  }

  topic<K extends TopicKey>(key: K, params: TopicParams = {}): TopicHandle<K> {
    return topicHandle(this.#registryOf(topics[key].namespace), key, topicName(key, params));
  }

  listen<K extends TopicKey>(key: K, params: TopicParams = {}): () => void {
    return this.#registryOf(topics[key].namespace).listen(topicName(key, params));
  }

  on<T extends EventType>(type: T, handler: (envelope: EnvelopeOf<T>) => void): () => void {
    return this.#dispatcher.on(type, handler);
  }

  onAny(handler: (envelope: Envelope) => void): () => void {
    return this.#dispatcher.onAny(handler);
  }

  onReset(handler: (info: ResetInfo) => void): () => void {
    return this.#dispatcher.onReset(handler);
  }

  run<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
    options?: RunOptions,
  ): Promise<CommandOutput<N>> {
    return this.#commandSender.run(name, input, options);
  }

  signal<T extends ClientSignalType>(type: T, data: SignalData<T>): void {
    this.#socket?.signal({ type, data });
  }

  onSignal(handler: (signal: Signal) => void): () => void {
    return this.#dispatcher.onSignal(handler);
  }

  #registryOf(namespace: Namespace): TopicRegistry {
    const registry = this.#registries.get(namespace);
    if (!registry) throw new TypeError(`No topic is in ${namespace}`);
    return registry;
  }

  #connected(socket: NamespaceSocket, hello: AuthSuccess, transport: Transport): void {
    this.#socket = socket;
    this.#primary.attach(socket, hello.epoch);
    for (const secondary of this.#secondaries) secondary.attach(transport);
    this.#commandSender.attach(socket, hello);
    this.#changed();
  }

  #disconnected(): void {
    this.#socket = null;
    this.#commandSender.detach();
    this.#primary.detach();
    for (const secondary of this.#secondaries) secondary.detach();
  }

  #heard(packet: SocketPacket, registry: TopicRegistry): void {
    switch (packet.name) {
      case 'events':
        return registry.receive(packet.envelopes);
      case 'heads':
        return registry.heard(packet.heads);
      case 'signal':
        return this.#dispatcher.signal(packet.signal);
      case 'draining':
        return this.#connector.send({ type: 'draining', reconnectInMs: packet.reconnectInMs });
      case 'session_ended':
        return this.#connector.send({ type: 'session_ended', code: packet.code });
    }
  }

  #changed(): void {
    this.#dispatcher.flush();
    if (this.#connector.state.get().kind !== 'resuming') return;
    for (const registry of this.#registries.values()) if (!registry.settled) return;
    this.#connector.send({ type: 'caught_up' });
  }

  #woken(wakeup: Wakeup): void {
    if (wakeup === 'back') this.#connector.send({ type: 'woken' });
    if (this.#socket) for (const registry of this.#registries.values()) registry.check();
  }
}
