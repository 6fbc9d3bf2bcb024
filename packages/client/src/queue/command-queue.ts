import type { CommandInput, CommandName, CommandOutput } from '@almenara/events';
import type { Client } from '../api.ts';
import { isConnected } from '../connection-state.ts';
import { CommandFailed } from '../failure.ts';
import { type Cell, cell, type Observable, type Report } from '../observable.ts';
import type { Locks, OpenPost, Post } from '../shared/ports.ts';
import type { Cancel, Timers } from '../timers.ts';
import { randomUuid } from '../uuid.ts';
import { discarded, given, refused, retried, turn } from './changes.ts';
import { Echoes } from './echoes.ts';
import type { QueuedCommand } from './entry.ts';
import { withHolds } from './holds.ts';
import { QueueWorker } from './queue-worker.ts';
import { rebased } from './rebase.ts';
import type { QueueChange, QueueStore } from './store.ts';

export interface CommandQueueOptions {
  readonly userId: string;
  readonly store: QueueStore;
  readonly client: Pick<Client, 'run' | 'connection' | 'session' | 'onAny'>;
  /** Null where tabs cannot find each other; the server's record of command ids then keeps them from doing things twice. */
  readonly locks: Locks | null;
  readonly openPost: OpenPost | null;
  readonly timers: Timers;
  readonly uuid?: () => string;
  /** In [0, 1). */
  readonly random?: () => number;
  readonly report?: Report;
}

/** A command that has been taken. */
export interface Taken<N extends CommandName> {
  readonly commandId: string;
  /** Once it survives a reload. */
  readonly kept: Promise<void>;
  /** Rejects with `CommandFailed`; its refusal is then no longer in the queue. */
  readonly result: Promise<CommandOutput<N>>;
  /** Nobody waits for `result` any more: a refusal stays in the queue, to be decided there. */
  leave(): void;
}

interface Attended {
  resolve(output: unknown): void;
  reject(error: CommandFailed): void;
}

/** What tabs tell each other. */
type TabMessage =
  | { readonly kind: 'changed' }
  | { readonly kind: 'done'; readonly command: QueuedCommand; readonly output: unknown };

const isTabMessage = (value: unknown): value is TabMessage =>
  typeof value === 'object' && value !== null && 'kind' in value;

/**
 * One user's commands on this device. Each is kept before it is sent and until it has its answer, so that it outlives
 * a reload, a crash and days without network. They go one at a time, in the order they were given, under their own
 * ids: what was sent before a crash and is sent again after it is done once [C1].
 */
export class CommandQueue {
  readonly #options: CommandQueueOptions;
  readonly #uuid: () => string;
  readonly #report: Report;
  readonly #entries: Cell<readonly QueuedCommand[]>;
  readonly #pending: Cell<readonly QueuedCommand[]>;
  readonly #attended = new Map<string, Attended>();
  /** Given here and not written yet. */
  #fresh: readonly QueuedCommand[] = [];
  readonly #echoes: Echoes;
  readonly #doneCount: Cell<number>;
  #kept: readonly QueuedCommand[] = [];
  readonly #worker: QueueWorker;
  #post: Post | null = null;
  #stops: Cancel[] = [];
  #places = 0;

  constructor(options: CommandQueueOptions) {
    const { uuid = randomUuid, random = Math.random, client } = options;
    const { report = (error) => console.error(error) } = options;
    this.#options = options;
    this.#uuid = uuid;
    this.#report = report;
    this.#entries = cell<readonly QueuedCommand[]>([], report);
    this.#pending = cell<readonly QueuedCommand[]>([], report);
    this.#doneCount = cell(0, report);
    this.#echoes = new Echoes(options.timers, () => this.#show());
    this.#worker = new QueueWorker({
      locks: options.locks,
      lockName: this.#name,
      timers: options.timers,
      random,
      report,
      open: () => this.#canSend(),
      next: () => this.#next(),
      send: (command, signal) =>
        client.run(command.name, inputOf(command), {
          commandId: command.commandId,
          timeoutMs: null,
          signal,
        }),
      done: (command, output) => this.#done(command, output),
      failed: (command, error) => this.#failed(command, error),
    });
  }

  /** How many have been done since this page opened. */
  get doneCount(): Observable<number> {
    return this.#doneCount;
  }

  /** All that are not done, by their order; those of other tabs too. */
  get entries(): Observable<readonly QueuedCommand[]> {
    return this.#entries;
  }

  /** What the screens should show as if it were done: what waits, and what is done without its event having come. */
  get pending(): Observable<readonly QueuedCommand[]> {
    return this.#pending;
  }

  start(): void {
    const { client, openPost } = this.#options;
    if (this.#stops.length > 0) return;
    const post = openPost?.(this.#name) ?? null;
    post?.listen((message) => {
      if (isTabMessage(message)) this.#heard(message);
    });
    this.#post = post;
    const connected = (): void => this.#worker.go();
    this.#stops = [
      client.connection.subscribe(connected),
      client.session.subscribe(connected),
      client.onAny(({ commandId }) => this.#happened(commandId)),
      () => post?.close(),
    ];
    this.#worker.start();
    void this.#reload();
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#post = null;
    this.#worker.stop();
    this.#echoes.clear();
  }

  /** Takes a command. It goes as soon as there is a connection and those before it have gone. */
  run<N extends CommandName>(name: N, input: CommandInput<N>, commandId = this.#uuid()): Taken<N> {
    const command = this.#made(commandId, name, input);
    this.#fresh = [...this.#fresh, command];
    this.#show();
    const result = new Promise<CommandOutput<N>>((resolve, reject) => {
      // The wire's edge: the server answers with what the contract says of this command.
      this.#attended.set(commandId, { resolve: (output) => resolve(output as CommandOutput<N>), reject });
    });
    const kept = this.#change((all) => given(command, all)).then(
      () => this.#written(commandId),
      (error: unknown) => this.#notWritten(command, error),
    );
    const leave = (): void => {
      if (this.#attended.delete(commandId)) this.#show();
    };
    return { commandId, kept, result, leave };
  }

  /**
   * Sends a refused or expired command once more, changed if `input` is given. It is a new one to the server, unless
   * nobody knows what became of it: then the same id finds out.
   */
  async retry(commandId: string, input?: Readonly<Record<string, unknown>>): Promise<void> {
    const made = { commandId: this.#uuid(), madeAt: this.#options.timers.now() };
    await this.#change((all) => retried(commandId, all, made, input));
    this.#worker.go();
  }

  /** Gives a command up, and those that were about what it would have made. One that is on its way is left alone. */
  async discard(commandId: string): Promise<void> {
    await this.#change((all) => discarded(commandId, all));
    this.#worker.go();
  }

  get #name(): string {
    return `almenara/queue/${this.#options.userId}`;
  }

  #made(commandId: string, name: CommandName, input: unknown): QueuedCommand {
    // A copy, as JSON has it: what is sent again under one id must be the same.
    const json: unknown = JSON.parse(JSON.stringify(input));
    this.#places = Math.max(this.#places, this.#kept.at(-1)?.place ?? 0) + 1;
    return {
      commandId,
      name,
      input: typeof json === 'object' && json !== null ? { ...json } : {},
      madeAt: this.#options.timers.now(),
      place: this.#places,
      state: 'waiting',
      sent: false,
      error: null,
      outcome: null,
      heldBy: null,
    };
  }

  #written(commandId: string): void {
    this.#fresh = this.#fresh.filter((command) => command.commandId !== commandId);
    this.#show();
    this.#worker.go();
  }

  /** Storage is full or closed: it is sent at once, as there is nothing better, and `kept` says that it is not. */
  #notWritten(command: QueuedCommand, error: unknown): never {
    const { commandId } = command;
    const attended = this.#attended.get(commandId);
    const over = (): void => {
      this.#attended.delete(commandId);
      this.#fresh = this.#fresh.filter((one) => one !== command);
      this.#show();
    };
    this.#options.client.run(command.name, inputOf(command), { commandId }).then(
      (output) => {
        attended?.resolve(output);
        over();
      },
      (failure: unknown) => {
        if (failure instanceof CommandFailed) attended?.reject(failure);
        over();
      },
    );
    throw error;
  }

  #canSend(): boolean {
    const { client, userId } = this.#options;
    return isConnected(client.connection.get()) && client.session.get()?.userId === userId;
  }

  async #next(): Promise<QueuedCommand | null> {
    let next: QueuedCommand | null = null;
    await this.#change((all) => {
      const decided = turn(all, this.#options.timers.now());
      next = decided.next;
      return decided.change;
    });
    return next;
  }

  async #done(command: QueuedCommand, output: unknown): Promise<void> {
    // Told before it leaves the queue: afterwards another tab would not know what became of it.
    this.#tell({ kind: 'done', command, output });
    try {
      await this.#change((all) => ({ put: rebased(command, output, all), remove: [command.commandId] }));
    } finally {
      // Also where storage has failed: it is done, and asked again it is not done twice.
      this.#settled(command, output);
    }
  }

  /** Who waits for it in this tab is told, and it need not stay; else it stays, for a person to decide. */
  async #failed(command: QueuedCommand, failure: CommandFailed): Promise<void> {
    const { commandId } = command;
    this.#echoes.refused(commandId);
    const stopped = refused(command, failure);
    try {
      await this.#change(() =>
        this.#attended.has(commandId) ? { remove: [commandId] } : { put: [stopped] },
      );
    } finally {
      await this.#answer(stopped);
    }
  }

  /** Refused by another tab, and waited for here. */
  async #answerAttended(): Promise<void> {
    const answered = this.#kept.filter(
      ({ state, commandId }) => state === 'refused' && this.#attended.has(commandId),
    );
    for (const command of answered) {
      // What it held goes: the server will say what it thinks of that.
      await this.#change(() => ({ remove: [command.commandId] }));
      await this.#answer(command);
    }
  }

  /** It has left the queue for whoever waits; should nobody do so any more, it goes back. */
  async #answer(stopped: QueuedCommand): Promise<void> {
    const { commandId, outcome, error } = stopped;
    const attended = this.#attended.get(commandId);
    if (attended) {
      this.#attended.delete(commandId);
      if (error) attended.reject(new CommandFailed(commandId, outcome ?? 'refused', error));
    } else if (!this.#kept.some((command) => command.commandId === commandId)) {
      await this.#change(() => ({ put: [stopped] }));
    }
  }

  #settled(command: QueuedCommand, output: unknown): void {
    const { commandId } = command;
    this.#attended.get(commandId)?.resolve(output);
    this.#attended.delete(commandId);
    this.#worker.progressed();
    const isNew = this.#echoes.done(command);
    this.#show();
    if (isNew) this.#doneCount.set(this.#doneCount.get() + 1);
  }

  #happened(commandId: string | null): void {
    if (commandId === null) return;
    if (this.#echoes.heard(commandId)) return this.#show();
    // What others do comes a thousand times a second, most often while nothing of one's own is on its way.
    if (this.#entries.get().length === 0 && this.#fresh.length === 0) return;
    if (!this.#all().some((command) => command.commandId === commandId)) return;
    this.#echoes.early(commandId);
    this.#show();
  }

  #heard(message: TabMessage): void {
    if (message.kind === 'done') {
      const { command, output } = message;
      this.#kept = this.#kept.filter(({ commandId }) => commandId !== command.commandId);
      return this.#settled(command, output);
    }
    void this.#reload();
  }

  async #reload(): Promise<void> {
    try {
      this.#kept = await this.#options.store.all();
      this.#worker.progressed();
      this.#show();
      await this.#answerAttended();
      this.#worker.go();
    } catch (error) {
      this.#report(error);
    }
  }

  async #change(decide: (all: readonly QueuedCommand[]) => QueueChange): Promise<void> {
    let hasChanged = false;
    const all = await this.#options.store.change((before) => {
      const change = withHolds(before, decide(before));
      hasChanged = (change.put?.length ?? 0) + (change.remove?.length ?? 0) > 0;
      return change;
    });
    this.#kept = all;
    this.#show();
    if (hasChanged) this.#tell({ kind: 'changed' });
  }

  #tell(message: TabMessage): void {
    this.#post?.send(message);
  }

  #all(): readonly QueuedCommand[] {
    const known = new Set(this.#kept.map(({ commandId }) => commandId));
    return [...this.#kept, ...this.#fresh.filter(({ commandId }) => !known.has(commandId))];
  }

  #show(): void {
    // A refusal that is about to be told where the command was given is nobody else's.
    const entries = this.#kept.filter(
      ({ state, commandId }) => state !== 'refused' || !this.#attended.has(commandId),
    );
    if (!sameCommands(entries, this.#entries.get())) this.#entries.set(entries);
    const waiting = this.#all().filter(
      ({ state, commandId }) => state === 'waiting' && !this.#echoes.isEarly(commandId),
    );
    const known = new Set(waiting.map(({ commandId }) => commandId));
    const echoes = this.#echoes.waiting.filter(({ commandId }) => !known.has(commandId));
    const next = [...echoes, ...waiting];
    if (!sameCommands(next, this.#pending.get())) this.#pending.set(next);
  }
}

const sameCommands = (a: readonly QueuedCommand[], b: readonly QueuedCommand[]): boolean =>
  a.length === b.length && a.every((command, i) => command === b[i]);

/** It was typed when it was given, and has been through JSON only. */
const inputOf = (command: QueuedCommand): CommandInput<CommandName> =>
  command.input as unknown as CommandInput<CommandName>;
