import {
  CatchUpRequest,
  type CommandName,
  CommandRequest,
  commands,
  cut,
  type EndCode,
  isCommand,
  isSignal,
  LIMITS,
  type Namespace,
  namespaceOf,
  SignalRequest,
  SubscribeRequest,
  signals,
  UnsubscribeRequest,
} from '@almenara/events';
import type { z } from 'zod';
import type { CommandBus } from '../commands/bus.ts';
import { parseInput, Refused } from '../errors.ts';
import { toFailure } from '../failure.ts';
import type { UserLimits } from '../limits.ts';
import type { Answers } from './answers.ts';
import { cutConnection, dropQueued, takeJsonAcks, transportBytes } from './engine.ts';
import type { JsonParts } from './frames.ts';
import type { PlaceType, Presence } from './presence.ts';
import { type SubscriptionPorts, Subscriptions } from './subscriptions.ts';
import type { DeskSocket } from './types.ts';

/** In the order in which they are asked, one after the other: their answers may be large, and they change what is followed. */
const ONE_AT_A_TIME: ReadonlySet<string> = new Set(['subscribe', 'unsubscribe', 'catch_up']);

export interface SessionPorts extends SubscriptionPorts {
  readonly bus: CommandBus;
  readonly limits: UserLimits;
  readonly presence: Presence;
  /** Of the connection, which other namespaces share. */
  readonly answers: Answers;
}

type Reply = (answer: JsonParts) => void;

/**
 * One client in one namespace, from its handshake to its end. Every packet comes through `receive`: what is unknown,
 * malformed or too much gets an answer that says so, and nothing that a client sends can throw out of it [F2].
 */
export class Session {
  readonly subscriptions: Subscriptions;
  private readonly socket: DeskSocket;
  private readonly namespace: Namespace;
  private readonly ports: SessionPorts;

  constructor(socket: DeskSocket, namespace: Namespace, ports: SessionPorts) {
    this.socket = socket;
    this.namespace = namespace;
    this.ports = ports;
    this.subscriptions = new Subscriptions(socket, namespace, ports);
    takeJsonAcks(socket);
    socket.onAny((name: unknown, ...args: unknown[]) => {
      void this.receive(String(name), args);
    });
    socket.on('disconnect', () => this.subscriptions.end());
  }

  /** Stops delivery at once, drops what is queued, says why and closes [A2]. */
  end(code: z.infer<typeof EndCode>): void {
    const { conn } = this.socket;
    this.subscriptions.end();
    // Behind what the transport has taken already, a farewell would only come after it all.
    if (transportBytes(conn) > 0 || !dropQueued(conn)) return cutConnection(conn);
    this.socket.emit('session_ended', { code });
    this.socket.disconnect(true);
  }

  private async receive(name: string, args: unknown[]): Promise<void> {
    const last = args.at(-1);
    const reply: Reply = isReply(last) ? last : () => {};
    const payload = args[0] === last && isReply(last) ? undefined : args[0];
    const { userId } = this.socket.data.principal;
    try {
      const command = isCommand(name) && namespaceOf(commands[name]) === this.namespace;
      await (command ? this.ports.limits.command(userId) : this.ports.limits.packet(userId));
      await this.ports.answers.give(
        ONE_AT_A_TIME.has(name) ? 'read' : 'command',
        { userId, askedBytes: JSON.stringify(payload)?.length ?? 0 },
        () => this.answer(command ? () => this.run(name, payload) : () => this.handle(name, payload)),
        reply,
      );
    } catch (error) {
      reply(this.failure(error));
    }
  }

  private async answer(make: () => Promise<JsonParts>): Promise<JsonParts> {
    try {
      return await make();
    } catch (error) {
      return this.failure(error);
    }
  }

  private failure(error: unknown): JsonParts {
    if (!(error instanceof Refused)) this.ports.failed(error);
    return [JSON.stringify({ ok: false, error: toFailure(error) })];
  }

  private async run(name: CommandName, payload: unknown): Promise<JsonParts> {
    const { commandId, input } = parseInput(CommandRequest, payload);
    const outcome = await this.ports.bus.run(this.socket.data.principal, name, input, commandId);
    return [JSON.stringify(outcome)];
  }

  private async handle(name: string, payload: unknown): Promise<JsonParts> {
    const { userId } = this.socket.data.principal;
    const { limits } = this.ports;
    switch (name) {
      case 'subscribe': {
        const { topics } = parseInput(SubscribeRequest, payload);
        await limits.packet(userId, topics.length);
        return done(await this.subscriptions.subscribe(topics));
      }
      case 'unsubscribe':
        this.subscriptions.unsubscribe(parseInput(UnsubscribeRequest, payload).topics);
        return done(['{}']);
      case 'catch_up': {
        const { topic, cursor, limit } = parseInput(CatchUpRequest, payload);
        return done(await this.subscriptions.catchUp(topic, cursor, limit ?? LIMITS.eventsPerRead));
      }
      case 'signal':
        await limits.signal(userId);
        this.signal(payload);
        return done(['{}']);
      default:
        throw new Refused('invalid', `${this.namespace} has no event ${cut(name, 100)}.`);
    }
  }

  private signal(payload: unknown): void {
    const { type, data } = parseInput(SignalRequest, payload);
    const definition = isSignal(type) ? signals[type] : null;
    if (definition?.from !== 'client' || definition.namespace !== this.namespace) {
      throw new Refused('invalid', `Clients send no signal ${type}.`, {
        details: { fields: [{ path: 'type' }] },
      });
    }
    this.ports.presence.moved(this.socket, type as PlaceType, parseInput(definition.data, data));
  }
}

const done = (data: JsonParts): JsonParts => ['{"ok":true,"data":', ...data, '}'];

const isReply = (value: unknown): value is Reply => typeof value === 'function';
