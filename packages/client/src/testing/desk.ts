import { type Client as Customer, type EnvelopeOf, foldOf } from '@almenara/events';
import type { Client, ClientOptions } from '../api.ts';
import { createClient } from '../client.ts';
import type { Wakeup } from '../wakeups.ts';
import { FakeTimers } from './fake-timers.ts';
import { type HandChannel, HandNet, type Request } from './hand-net.ts';

export const uuidOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** Lets what has been put off to the end of the turn happen. */
export const turn = async (): Promise<void> => {
  for (let i = 0; i < 5; i += 1) await Promise.resolve();
};

const customer = (n: number): Customer => ({
  id: uuidOf(n),
  name: `Customer ${n}`,
  email: null,
  phone: null,
  country: null,
  notes: null,
  archived: false,
  mergedInto: null,
  version: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
});

/** Event `seq` of the topic `clients`. `total` counts them, so that one applied twice shows. */
export const created = (seq: number, history = 'E1'): EnvelopeOf<'client_created'> => ({
  id: `${history}/${seq}`,
  topic: 'clients',
  seq,
  type: 'client_created',
  data: { client: customer(seq) },
  timestamp: '2026-01-01T00:00:00.000Z',
  userId: 'ana',
  commandId: null,
});

export const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
export const run = (from: number, to: number, history = 'E1') =>
  range(from, to).map((seq) => created(seq, history));

const clientsFold = foldOf('clients');
/** What `clients` shows after its first `seq` events. */
export const viewAt = (seq: number): unknown =>
  clientsFold.view(clientsFold.fold(clientsFold.empty({}), run(1, seq)));

export const delta = (from: number, to: number, head = to, history = 'E1') => ({
  topic: 'clients',
  kind: 'delta',
  head,
  events: run(from, to, history),
  more: to < head,
});
export const reset = (head: number, reason = 'new') => ({
  topic: 'clients',
  kind: 'reset',
  reason,
  head,
  snapshot: viewAt(head),
});

export const answer = (request: Request, row: object, epoch = 'E1'): void =>
  request.reply({
    ok: true,
    data: request.name === 'subscribe' ? { epoch, topics: [row] } : { ...row, epoch },
  });
export const refuse = (request: Request, code: string, retryAfterMs?: number): void =>
  request.reply({
    ok: false,
    error: { code, message: code, ...(retryAfterMs !== undefined && { retryAfterMs }) },
  });

export interface Desk {
  readonly client: Client;
  readonly timers: FakeTimers;
  readonly net: HandNet;
  readonly errors: unknown[];
  /** What the handlers saw of `clients`: seqs of events, and `reset@seq`. */
  readonly seen: (number | string)[];
  wake(wakeup: Wakeup): void;
  /** The server accepts the newest connection. */
  online(epoch?: string): Promise<HandChannel>;
}

export function desk(options: ClientOptions = {}): Desk {
  const timers = new FakeTimers();
  const net = new HandNet();
  const errors: unknown[] = [];
  const seen: (number | string)[] = [];
  let ids = 0;
  let tell: ((wakeup: Wakeup) => void) | null = null;
  const client = createClient({
    clientId: 'tab-1',
    transport: net.transport,
    timers,
    random: () => 0.5,
    uuid: () => uuidOf(++ids),
    onError: (error) => errors.push(error),
    wakeups: (listener) => {
      tell = listener;
      return () => {
        tell = null;
      };
    },
    ...options,
  });
  client.on('client_created', ({ seq }) => seen.push(seq));
  client.onReset(({ seq }) => seen.push(`reset@${seq}`));
  return {
    client,
    timers,
    net,
    errors,
    seen,
    wake: (wakeup) => tell?.(wakeup),
    online: async (epoch = 'E1') => {
      const channel = net.channel();
      channel.accept({ epoch });
      await turn();
      return channel;
    },
  };
}

/** A desk that follows `clients` and stands at `seq`. */
export async function deskAt(seq: number, options: ClientOptions = {}) {
  const all = desk(options);
  const clients = all.client.topic('clients');
  all.client.start();
  const channel = await all.online();
  answer(channel.take('subscribe'), reset(seq));
  return { ...all, clients, channel };
}
