import type {
  AuthSuccess,
  CommandInput,
  CommandName,
  CommandOutput,
  Cursor,
  Envelope,
  EnvelopeOf,
  EventType,
  Signal,
  SignalData,
  SignalType,
  signals,
  TopicKey,
  TopicName,
  TopicParams,
  TopicView,
} from '@almenara/events';
import type { RunOptions } from './command-sender.ts';
import type { ConnectionState } from './connection-state.ts';
import type { ResetInfo } from './dispatcher.ts';
import type { CredentialsSource } from './namespace-socket.ts';
import type { Observable } from './observable.ts';
import type { TransportFactory } from './port.ts';
import type { Timers } from './timers.ts';
import type { TopicStatus } from './topic-status.ts';
import type { Wakeups } from './wakeups.ts';

export interface ClientOptions {
  /** Of the server; empty or left out: where the page came from. */
  readonly url?: string;
  /** Asked at every connect. Without a token the session cookie speaks. */
  readonly credentials?: CredentialsSource;
  /** Names this client to the server; random if left out. */
  readonly clientId?: string;
  /** How long a command waits for one ack before it is sent again, in ms. */
  readonly commandTimeoutMs?: number;
  /** Sent with the connection's first request; only Node can. */
  readonly extraHeaders?: Readonly<Record<string, string>>;
  /** Told of what a handler threw, of packets that cannot be read, of folds that failed. Default: the console. */
  readonly onError?: (error: unknown) => void;
  /**
   * What is kept of a topic from another time, asked for when the topic is followed; it is shown until the server has
   * told what happened since. While it is being read the topic loads, and the server is not asked for it.
   */
  readonly kept?: (topic: TopicName) => Kept | Promise<Kept>;
  /**
   * Who is further behind than this many events takes a snapshot (`onReset`) instead of each event. For screens, to
   * which only the state matters; left out, every event is applied and handed out.
   */
  readonly mostEventsBehind?: number;

  readonly transport?: TransportFactory;
  readonly timers?: Timers;
  /** In [0, 1). */
  readonly random?: () => number;
  readonly uuid?: () => string;
  readonly wakeups?: Wakeups;
}

/** Null where nothing is kept. */
export type Kept = KeptTopic | null;

/** A topic's view as it was, and the place in the log it stands for. */
export interface KeptTopic {
  readonly view: unknown;
  readonly cursor: Cursor;
}

/** The signals that a client may send. */
export type ClientSignalType = {
  [T in SignalType]: (typeof signals)[T]['from'] extends 'client' ? T : never;
}[SignalType];

export interface TopicHandle<K extends TopicKey> {
  readonly name: TopicName;
  /** Null before the first snapshot. */
  readonly view: Observable<TopicView<K> | null>;
  readonly status: Observable<TopicStatus>;
  /** The place in the log that `view` stands for. */
  readonly cursor: Cursor | null;
  /** The last handle of a topic takes its subscription along. Closing twice does nothing. */
  close(): void;
}

export interface Client {
  readonly connection: Observable<ConnectionState>;
  /** Of the last connection; null before the first, and once it needs a sign-in or the client is stopped. */
  readonly session: Observable<AuthSuccess | null>;
  start(): void;
  /** Leaves no timer and no socket, and rejects the commands that have no answer. Topics keep what they have. */
  stop(): void;
  /** Tries now instead of later; after a new sign-in, tries again. */
  retryNow(): void;
  /** Follows a topic. Throws a TypeError on parameters that name none. */
  topic<K extends TopicKey>(key: K, params?: TopicParams): TopicHandle<K>;
  /**
   * Hears of what happens in a topic from now on (`on`, `onAny`), until the returned function is called, without loading
   * its state. Where the topic is followed as well there is one subscription; `onReset` tells that events were passed over.
   */
  listen<K extends TopicKey>(key: K, params?: TopicParams): () => void;
  /** After the fold has been applied; each event once, in order within its topic. */
  on<T extends EventType>(type: T, handler: (envelope: EnvelopeOf<T>) => void): () => void;
  /** As `on`, for events of every type, those of a newer server too. */
  onAny(handler: (envelope: Envelope) => void): () => void;
  /** A snapshot has replaced a topic's state: events may have been passed over. The first snapshot is one too. */
  onReset(handler: (info: ResetInfo) => void): () => void;
  /** Rejects with `CommandFailed`. Waits for a connection if there is none. */
  run<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
    options?: RunOptions,
  ): Promise<CommandOutput<N>>;
  /** Dropped if it cannot leave now. */
  signal<T extends ClientSignalType>(type: T, data: SignalData<T>): void;
  onSignal(handler: (signal: Signal) => void): () => void;
}
