import type {
  Client,
  CommandFailed,
  ConnectionState,
  Observable,
  TopicHandle,
  TopicStatus,
} from '@almenara/client';
import {
  type AuthSuccess,
  type CommandInput,
  type CommandName,
  type CommandOutput,
  type Cursor,
  type Envelope,
  type EnvelopeOf,
  type EventType,
  type TopicKey,
  type TopicName,
  type TopicParams,
  type TopicView,
  topicKeys,
  topicName,
} from '@almenara/events';

class Cell<T> implements Observable<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();
  constructor(value: T) {
    this.#value = value;
  }
  get = (): T => this.#value;
  set = (value: T): void => {
    this.#value = value;
    for (const listener of [...this.#listeners]) listener();
  };
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

class FakeTopic<K extends TopicKey> {
  readonly view = new Cell<TopicView<K> | null>(null);
  readonly status = new Cell<TopicStatus>({ kind: 'loading' });
}

type Topics = { readonly [K in TopicKey]: Map<TopicName, FakeTopic<K>> };
type Answers = { [N in CommandName]?: (input: CommandInput<N>) => Promise<CommandOutput<N>> };
type Handler = { readonly type: EventType; readonly handle: (envelope: Envelope) => void };

const isOf = <T extends EventType>(envelope: Envelope, type: T): envelope is Envelope & EnvelopeOf<T> =>
  envelope.type === type;

export const NOW = '2026-03-01T09:30:00.000Z';

const hello = (role: AuthSuccess['role'], userId = 'me'): AuthSuccess => ({
  userId,
  role,
  connectionId: 'c1',
  epoch: 'e1',
  serverTime: NOW,
  heartbeatMs: 30_000,
  maxPacketBytes: 1_000_000,
});

/** A client whose server is the test. */
export class FakeClient implements Client {
  readonly connection = new Cell<ConnectionState>({
    kind: 'online',
    attempt: 0,
    since: 0,
    renewed: false,
    reconnectAt: null,
  });
  readonly session: Cell<AuthSuccess | null>;
  readonly calls: string[] = [];
  readonly sent: { name: CommandName; input: unknown; commandId: string | undefined }[] = [];
  readonly answers: Answers = {};
  /** The place in the log that every view stands for. */
  cursor: Cursor | null = null;
  /** Open handles by topic name. */
  readonly open = new Map<string, number>();
  /** Who listens without following, by topic name. */
  readonly heard = new Map<string, number>();
  readonly handlers = new Set<Handler>();
  readonly any = new Set<(envelope: Envelope) => void>();
  readonly #topics = Object.fromEntries(topicKeys.map((key) => [key, new Map()])) as Topics;

  constructor(role: AuthSuccess['role'] = 'operator') {
    this.session = new Cell<AuthSuccess | null>(hello(role));
  }

  show<K extends TopicKey>(key: K, view: TopicView<K>, params?: TopicParams): void {
    const topic = this.#topic(key, params);
    topic.view.set(view);
    topic.status.set({ kind: 'live', seq: 1 });
  }

  emit(envelope: Envelope): void {
    for (const { type, handle } of [...this.handlers]) if (envelope.type === type) handle(envelope);
    for (const handle of [...this.any]) handle(envelope);
  }

  start = (): void => void this.calls.push('start');
  stop = (): void => void this.calls.push('stop');
  retryNow = (): void => void this.calls.push('retryNow');

  topic<K extends TopicKey>(key: K, params?: TopicParams): TopicHandle<K> {
    const name = topicName(key, params);
    const { view, status } = this.#topic(key, params);
    this.open.set(name, (this.open.get(name) ?? 0) + 1);
    return {
      name,
      view,
      status,
      cursor: this.cursor,
      close: () => void this.open.set(name, (this.open.get(name) ?? 0) - 1),
    };
  }

  listen<K extends TopicKey>(key: K, params?: TopicParams): () => void {
    const name = topicName(key, params);
    this.heard.set(name, (this.heard.get(name) ?? 0) + 1);
    return () => void this.heard.set(name, (this.heard.get(name) ?? 0) - 1);
  }

  on<T extends EventType>(type: T, handler: (envelope: EnvelopeOf<T>) => void): () => void {
    const entry: Handler = { type, handle: (envelope) => isOf(envelope, type) && handler(envelope) };
    this.handlers.add(entry);
    return () => void this.handlers.delete(entry);
  }

  onAny(handle: (envelope: Envelope) => void): () => void {
    this.any.add(handle);
    return () => void this.any.delete(handle);
  }

  run<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
    options: { commandId?: string } = {},
  ): Promise<CommandOutput<N>> {
    this.sent.push({ name, input, commandId: options.commandId });
    const answer: Answers[N] = this.answers[name];
    return answer ? answer(input) : new Promise<never>(() => {});
  }

  onReset = (): (() => void) => () => {};
  onSignal = (): (() => void) => () => {};
  signal = (): void => {};

  #topic<K extends TopicKey>(key: K, params?: TopicParams): FakeTopic<K> {
    const topics: Map<TopicName, FakeTopic<K>> = this.#topics[key];
    const name = topicName(key, params);
    const topic = topics.get(name) ?? new FakeTopic<K>();
    topics.set(name, topic);
    return topic;
  }
}

export const refuse = (error: CommandFailed) => (): Promise<never> => Promise.reject(error);
