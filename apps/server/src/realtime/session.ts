import {
  CatchUpRequest,
  CommandRequest,
  cut,
  type EndCode,
  isCommand,
  LIMITS,
  type Namespace,
  SignalRequest,
  SubscribeRequest,
  signals,
  UnsubscribeRequest,
} from '@almenara/events';
import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { CommandBus } from '../commands/bus.ts';
import { parseInput, Refused, toFailure } from '../errors.ts';
import type { UserLimits } from '../limits.ts';
import { connectionId, cutConnection, dropQueued, transportBytes } from './engine.ts';
import type { Reach } from './reach.ts';
import { type SubscriptionPorts, Subscriptions } from './subscriptions.ts';
import type { DeskSocket } from './types.ts';

export interface SessionPorts extends SubscriptionPorts {
  readonly bus: CommandBus;
  readonly limits: UserLimits;
  readonly clock: Clock;
  readonly reach: Reach;
}

type Reply = (answer: unknown) => void;

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
    socket.onAny((name: unknown, ...args: unknown[]) => {
      void this.receive(String(name), args);
    });
    socket.on('disconnect', () => this.subscriptions.end());
  }

  /** Stops delivery at once, drops what is queued, says why and closes [A2]. */
  end(code: z.infer<typeof EndCode>): void {
    this.subscriptions.end();
    // Behind what the transport has taken already, a farewell would only come after it all.
    if (transportBytes(this.socket.conn) > 0) return cutConnection(this.socket.conn);
    dropQueued(this.socket.conn);
    this.socket.emit('session_ended', { code });
    this.socket.disconnect(true);
  }

  private async receive(name: string, args: unknown[]): Promise<void> {
    const last = args.at(-1);
    const reply: Reply = isReply(last) ? last : () => {};
    try {
      reply(await this.handle(name, args[0] === last && isReply(last) ? undefined : args[0]));
    } catch (error) {
      if (!(error instanceof Refused)) this.ports.failed(error);
      reply({ ok: false, error: toFailure(error) });
    }
  }

  private async handle(name: string, payload: unknown): Promise<unknown> {
    const { principal } = this.socket.data;
    const { limits } = this.ports;
    if (isCommand(name) && this.namespace === '/desk') {
      await limits.command(principal.userId);
      const { commandId, input } = parseInput(CommandRequest, payload);
      return this.ports.bus.run(principal, name, input, commandId);
    }
    await limits.packet(principal.userId);
    switch (name) {
      case 'subscribe': {
        const { topics } = parseInput(SubscribeRequest, payload);
        await limits.packet(principal.userId, topics.length);
        return { ok: true, data: await this.subscriptions.subscribe(topics) };
      }
      case 'unsubscribe':
        this.subscriptions.unsubscribe(parseInput(UnsubscribeRequest, payload).topics);
        return { ok: true, data: {} };
      case 'catch_up': {
        const { topic, cursor, limit } = parseInput(CatchUpRequest, payload);
        const answer = await this.subscriptions.catchUp(topic, cursor, limit ?? LIMITS.eventsPerRead);
        return answer.kind === 'refused' ? { ok: false, error: answer.error } : { ok: true, data: answer };
      }
      case 'signal':
        await limits.signal(principal.userId);
        this.signal(payload);
        return { ok: true, data: {} };
      default:
        throw new Refused('invalid', `${this.namespace} has no event ${cut(name, 100)}.`);
    }
  }

  private signal(payload: unknown): void {
    const { type, data } = parseInput(SignalRequest, payload);
    if (!Object.hasOwn(signals, type) || type !== 'viewing') {
      throw new Refused('invalid', `Clients send no signal ${type}.`, {
        details: { fields: [{ path: 'type' }] },
      });
    }
    const { userId, name } = this.socket.data.principal;
    const at = this.ports.clock.now().toISOString();
    this.ports.reach.send({ allBut: connectionId(this.socket) }, 'signal', {
      type,
      data: { ...parseInput(signals.viewing.data, data), userId, name },
      at,
    });
  }
}

const isReply = (value: unknown): value is Reply => typeof value === 'function';
