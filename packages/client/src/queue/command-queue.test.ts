import type { AuthSuccess, Envelope, Failure } from '@almenara/events';
import { expect, test } from 'vitest';
import type { Client } from '../api.ts';
import type { ConnectionState } from '../connection-state.ts';
import { CommandFailed } from '../failure.ts';
import { cell } from '../observable.ts';
import { created, turn, uuidOf } from '../testing/desk.ts';
import { FakeBrowser } from '../testing/fake-browser.ts';
import { FakeTimers } from '../testing/fake-timers.ts';
import { HELLO } from '../testing/hand-net.ts';
import { CommandQueue } from './command-queue.ts';
import type { QueuedCommand } from './entry.ts';
import { SEND_WITHIN_MS } from './entry.ts';
import { buildingOn } from './holds.ts';
import { memoryStore, type QueueStore } from './store.ts';

const report = (error: unknown): never => {
  throw error;
};
const ONLINE: ConnectionState = { kind: 'online', attempt: 0, since: 0, renewed: false, reconnectAt: null };
const OFFLINE: ConnectionState = { kind: 'offline', reason: 'network', attempt: 1, nextRetryAt: null };

interface Sent {
  readonly name: string;
  readonly input: Record<string, unknown>;
  readonly commandId: string;
  accept(output: unknown): Promise<void>;
  refuse(error: Failure, outcome?: CommandFailed['outcome']): Promise<void>;
}

/** What the queue needs of a client; each command that is sent waits for the test's answer. */
class HandClient {
  readonly connection = cell<ConnectionState>(OFFLINE, report);
  readonly session = cell<AuthSuccess | null>(null, report);
  readonly sent: Sent[] = [];
  readonly #handlers = new Set<(envelope: Envelope) => void>();

  online(userId = 'ana'): void {
    this.session.set({ ...HELLO, userId });
    this.connection.set(ONLINE);
  }

  readonly run: Client['run'] = (name, input, options) =>
    new Promise((resolve, reject) => {
      const commandId = options?.commandId ?? '';
      options?.signal?.addEventListener('abort', () =>
        reject(new CommandFailed(commandId, 'unknown', { code: 'unavailable', message: 'Aborted' })),
      );
      this.sent.push({
        name,
        input: { ...input },
        commandId,
        accept: async (output) => {
          resolve(output as never);
          await settle();
        },
        refuse: async (error, outcome = 'refused') => {
          reject(new CommandFailed(commandId, outcome, error));
          await settle();
        },
      });
    });

  readonly onAny: Client['onAny'] = (handler) => {
    this.#handlers.add(handler);
    return () => this.#handlers.delete(handler);
  };

  happen(commandId: string): void {
    for (const handler of this.#handlers) handler({ ...created(1), commandId });
  }

  get last(): Sent {
    const sent = this.sent.at(-1);
    if (!sent) throw new Error('Nothing was sent');
    return sent;
  }
}

const settle = async (): Promise<void> => {
  for (let i = 0; i < 10; i += 1) await turn();
};

let ids = 0;
function tab({
  store = memoryStore(),
  timers = new FakeTimers(),
  browser = new FakeBrowser(),
}: {
  store?: QueueStore;
  timers?: FakeTimers;
  browser?: FakeBrowser;
} = {}) {
  const client = new HandClient();
  const { locks, openPost } = browser.open();
  const queue = new CommandQueue({
    userId: 'ana',
    store,
    client,
    locks,
    openPost,
    timers,
    uuid: () => uuidOf(++ids),
    report,
  });
  queue.start();
  return { client, queue, store, timers, browser };
}

const ORDER = uuidOf(900);
const CLIENT = uuidOf(901);
const order = (version: number) => ({ order: { id: ORDER, version } });
const place = { orderId: ORDER, clientId: CLIENT, lines: [{ productId: uuidOf(902), quantity: 1 }] };
const edit = (notes: string, expectedVersion: number) => ({ orderId: ORDER, expectedVersion, notes });
const REFUSED: Failure = { code: 'out_of_stock', message: 'Too few' };
const states = (queue: CommandQueue) => queue.entries.get().map(({ name, state }) => `${name} ${state}`);
const ignore = (): void => {};

test('[Q1] commands given offline are kept, and go once, in order, one at a time', async () => {
  const { client, queue, store } = tab();
  const results = ['a', 'b', 'c'].map((name) => queue.run('create_client', { name }));
  await Promise.all(results.map(({ kept }) => kept));
  expect((await store.all()).map(({ input }) => input.name)).toEqual(['a', 'b', 'c']);
  expect(client.sent).toEqual([]);

  client.online();
  await settle();
  for (const name of ['a', 'b', 'c']) {
    expect(client.last.input).toEqual({ name });
    await client.last.accept({ client: { id: name } });
  }
  expect(client.sent).toHaveLength(3);
  expect(await results[2]?.result).toEqual({ client: { id: 'c' } });
  expect(queue.entries.get()).toEqual([]);
});

test('[C1] what was on its way when the page went is sent again under its own id', async () => {
  const first = tab();
  first.client.online();
  first.queue.run('create_client', { name: 'a' });
  await settle();
  const { commandId } = first.client.last;
  first.queue.stop();

  const second = tab({ store: first.store });
  second.client.online();
  await settle();
  expect(second.client.last.commandId).toBe(commandId);
  await second.client.last.accept({ client: {} });
  expect(await second.store.all()).toEqual([]);
});

test('[Q2] a refusal that somebody waits for is told there; one that nobody waits for stays, and the next goes on', async () => {
  const { client, queue } = tab();
  client.online();
  const waiting = queue.run('create_client', { name: 'a' });
  const left = queue.run('create_client', { name: 'b' });
  left.leave();
  queue.run('create_client', { name: 'c' });
  await settle();
  await client.last.refuse(REFUSED);
  await expect(waiting.result).rejects.toMatchObject({ code: 'out_of_stock', outcome: 'refused' });
  await client.last.refuse(REFUSED);
  expect(client.last.input).toEqual({ name: 'c' });
  expect(queue.entries.get()).toMatchObject([
    { commandId: left.commandId, state: 'refused', error: REFUSED },
    { input: { name: 'c' }, state: 'waiting' },
  ]);
});

test('[Q2] what is about an order that was refused waits for what is decided there', async () => {
  const { client, queue } = tab();
  const placed = queue.run('place_order', place);
  const moved = queue.run('change_order_status', { orderId: ORDER, status: 'picking' });
  for (const taken of [placed, moved]) taken.leave();
  await settle();
  client.online();
  await settle();
  await client.last.refuse(REFUSED);
  expect(client.sent).toHaveLength(1);
  expect(states(queue)).toEqual(['place_order refused', 'change_order_status waiting']);

  await queue.retry(placed.commandId);
  await settle();
  expect(client.last).toMatchObject({ name: 'place_order', input: place });
  expect(client.last.commandId).not.toBe(placed.commandId);
  await client.last.accept(order(1));
  expect(client.last.name).toBe('change_order_status');
  await client.last.accept(order(2));
  expect(queue.entries.get()).toEqual([]);
});

test('giving up an order gives up what was about it', async () => {
  const { client, queue } = tab();
  const placed = queue.run('place_order', place);
  queue.run('change_order_status', { orderId: ORDER, status: 'picking' }).leave();
  placed.leave();
  await settle();
  client.online();
  await settle();
  await client.last.refuse(REFUSED);
  await queue.discard(placed.commandId);
  expect(queue.entries.get()).toEqual([]);
  expect(client.sent).toHaveLength(1);
});

test('[Q2] an order for a client that is not added waits for what is decided about the client, and so does what is about the order', async () => {
  const { client, queue } = tab();
  const added = queue.run('create_client', { clientId: CLIENT, name: 'Bar' });
  const placed = queue.run('place_order', place);
  queue.run('change_order_status', { orderId: ORDER, status: 'picking' }).leave();
  queue.run('create_client', { name: 'Other' }).leave();
  added.leave();
  placed.leave();
  await settle();
  client.online();
  await settle();
  await client.last.refuse(REFUSED);
  expect(client.last.input).toEqual({ name: 'Other' });
  await client.last.accept({});
  expect(client.sent).toHaveLength(2);
  expect(queue.entries.get().map(({ heldBy }) => heldBy)).toEqual([null, added.commandId, added.commandId]);

  await queue.retry(added.commandId);
  await settle();
  await client.last.accept({ client: { id: CLIENT, version: 1 } });
  expect(client.last.name).toBe('place_order');
  await client.last.accept(order(1));
  await client.last.accept(order(2));
  expect(queue.entries.get()).toEqual([]);
});

test('[Q2] what is given later is held, too, and keeps its place behind what is held', async () => {
  const { client, queue } = tab();
  const added = queue.run('create_client', { clientId: CLIENT, name: 'Bar' });
  queue.run('place_order', place).leave();
  added.leave();
  await settle();
  client.online();
  await settle();
  await client.last.refuse(REFUSED);
  const other = uuidOf(903);
  const later = [
    queue.run('change_order_status', { orderId: ORDER, status: 'picking' }),
    queue.run('merge_clients', { clientId: uuidOf(904), duplicateId: CLIENT }),
    queue.run('edit_order', { orderId: other, expectedVersion: 1, clientId: CLIENT }),
    queue.run('edit_order', { orderId: other, expectedVersion: 1, notes: 'mine' }),
  ];
  for (const taken of later) taken.leave();
  await settle();
  expect(client.sent).toHaveLength(1);
  expect(queue.entries.get().map(({ heldBy }) => heldBy === added.commandId)).toEqual([
    false,
    ...Array.from({ length: 5 }, () => true),
  ]);
  // Without the client one's own edit can still be done.
  await queue.discard(added.commandId);
  await settle();
  expect(client.last.input).toEqual({ orderId: other, expectedVersion: 1, notes: 'mine' });
});

test('[Q2] a client that is there already holds nobody', async () => {
  const { client, queue } = tab();
  queue.run('create_client', { clientId: CLIENT, name: 'Bar' }).leave();
  queue.run('place_order', place).leave();
  await settle();
  client.online();
  await settle();
  await client.last.refuse({ code: 'conflict', message: 'There is a client already' });
  expect(client.last.name).toBe('place_order');
  await client.last.accept(order(1));
  expect(states(queue)).toEqual(['create_client refused']);
});

test('two commands that make the same do not hold each other', () => {
  const twin = (place: number): QueuedCommand => ({
    commandId: uuidOf(place),
    name: 'create_client',
    input: { clientId: CLIENT, name: 'Bar' },
    madeAt: 0,
    place,
    state: 'waiting',
    sent: false,
    error: null,
    outcome: null,
    heldBy: null,
  });
  expect(buildingOn(uuidOf(1), [twin(1), twin(2)])).toEqual([]);
});

test('[Q2] what is about a client whose making is too old to be sent waits with it', async () => {
  const { client, queue, timers } = tab();
  const added = queue.run('create_client', { clientId: CLIENT, name: 'Bar' });
  added.leave();
  await settle();
  timers.advance(SEND_WITHIN_MS + 1);
  queue.run('place_order', place).leave();
  queue.run('change_order_status', { orderId: ORDER, status: 'picking' }).leave();
  client.online();
  await settle();
  expect(client.sent).toEqual([]);
  expect(states(queue)).toEqual([
    'create_client expired',
    'place_order waiting',
    'change_order_status waiting',
  ]);
  await queue.discard(added.commandId);
  expect(queue.entries.get()).toEqual([]);
});

test('[Q1] edits of one order made one after the other do not conflict with each other', async () => {
  const { client, queue } = tab();
  for (const notes of ['a', 'b']) queue.run('edit_order', edit(notes, 5));
  queue.run('change_order_status', { orderId: ORDER, status: 'picking', expectedVersion: 5 });
  await settle();
  client.online();
  await settle();
  for (const version of [6, 7, 8]) {
    expect(client.last.input.expectedVersion).toBe(version - 1);
    await client.last.accept(order(version));
  }
});

test('an edit is not carried over what somebody else changed in between', async () => {
  const { client, queue } = tab();
  queue.run('assign_order', { orderId: ORDER, userId: 'ana' });
  queue.run('edit_order', edit('a', 5));
  await settle();
  client.online();
  await settle();
  // Somebody else’s change was version 6.
  await client.last.accept(order(7));
  expect(client.last.input.expectedVersion).toBe(5);
});

test('[C1] a command that has been on its way is not changed, even where an edit before it is done', async () => {
  const { client, queue, store } = tab();
  queue.run('edit_order', edit('a', 5));
  queue.run('edit_order', edit('b', 5));
  await settle();
  await store.change((all) => ({ put: all.map((command) => ({ ...command, sent: true })) }));
  client.online();
  await settle();
  await client.last.accept(order(6));
  expect(client.last.input.expectedVersion).toBe(5);
});

test('[Q2] nothing older than the server keeps its records goes by itself', async () => {
  const { client, queue, timers } = tab();
  const old = queue.run('create_client', { name: 'old' });
  old.leave();
  await settle();
  timers.advance(SEND_WITHIN_MS + 1);
  queue.run('create_client', { name: 'new' }).leave();
  client.online();
  await settle();
  expect(client.sent.map(({ input }) => input.name)).toEqual(['new']);
  await client.last.accept({});
  expect(states(queue)).toEqual(['create_client expired']);
  await queue.retry(old.commandId);
  await settle();
  expect(client.last.input).toEqual({ name: 'old' });
  expect(client.last.commandId).not.toBe(old.commandId);
});

test('what nobody knows the outcome of is asked again under the same id', async () => {
  const { client, queue } = tab();
  client.online();
  const taken = queue.run('create_client', { name: 'a' });
  taken.leave();
  await settle();
  await client.last.refuse({ code: 'internal', message: 'Sorry' }, 'unknown');
  await queue.retry(taken.commandId);
  await settle();
  expect(client.sent.map(({ commandId }) => commandId)).toEqual([taken.commandId, taken.commandId]);
});

test('commands of one user are never sent in another’s session', async () => {
  const { client, queue } = tab();
  queue.run('create_client', { name: 'a' });
  await settle();
  client.online('bea');
  await settle();
  expect(client.sent).toEqual([]);
  expect(states(queue)).toEqual(['create_client waiting']);
  client.online('ana');
  await settle();
  expect(client.sent).toHaveLength(1);
});

test('[Q1] several tabs send one queue once, in order, and each answer comes to the tab that asked', async () => {
  const store = memoryStore();
  const browser = new FakeBrowser();
  const tabs = [tab({ store, browser }), tab({ store, browser }), tab({ store, browser })];
  const results = range(6).map((n) => tabs[n % 3]?.queue.run('create_client', { name: `c${n}` }));
  await settle();
  for (const { client } of tabs) client.online();
  const inOrder: unknown[] = [];
  const answered = new Set<Sent>();
  for (let i = 0; i < 40; i += 1) {
    await settle();
    while (browser.waiting > 0) browser.deliver(i);
    const open = tabs.flatMap(({ client }) => client.sent).filter((sent) => !answered.has(sent));
    expect(open.length).toBeLessThanOrEqual(1);
    for (const sent of open) {
      answered.add(sent);
      inOrder.push(sent.input.name);
      await sent.accept({ client: { id: sent.input.name } });
    }
  }
  expect(inOrder).toEqual(range(6).map((n) => `c${n}`));
  expect(await Promise.all(results.map((taken) => taken?.result))).toEqual(
    range(6).map((n) => ({ client: { id: `c${n}` } })),
  );
  for (const { queue } of tabs) expect(queue.entries.get()).toEqual([]);
});

test('a command shows as done from when it is given until its event has come, and never twice', async () => {
  const { client, queue, timers } = tab();
  client.online();
  const names = () => queue.pending.get().map(({ input }) => input.name);
  const one = queue.run('create_client', { name: 'event first' });
  expect(names()).toEqual(['event first']);
  await settle();
  client.happen(one.commandId);
  expect(names()).toEqual([]);
  await client.last.accept({});
  expect(names()).toEqual([]);

  const two = queue.run('create_client', { name: 'answer first' });
  await settle();
  await client.last.accept({});
  expect(names()).toEqual(['answer first']);
  client.happen(two.commandId);
  expect(names()).toEqual([]);

  queue.run('create_client', { name: 'no event' });
  await settle();
  await client.last.accept({});
  timers.advance(3000);
  expect(names()).toEqual([]);
  expect(timers.pending).toBe(0);
});

test('where nothing can be kept a command is sent all the same, and says that it was not kept', async () => {
  const full: QueueStore = {
    all: async () => [],
    change: async (decide) => {
      if (decide([]).put?.length) throw new DOMException('No room', 'QuotaExceededError');
      return [];
    },
  };
  const { client, queue } = tab({ store: full });
  client.online();
  const taken = queue.run('create_client', { name: 'a' });
  await expect(taken.kept).rejects.toThrow('No room');
  await client.last.accept({ client: { id: 'a' } });
  expect(await taken.result).toEqual({ client: { id: 'a' } });
  taken.result.catch(ignore);
});

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

test('[Q2] a refusal that comes after its form was left is not lost', async () => {
  const { client, queue } = tab();
  client.online();
  const taken = queue.run('create_client', { name: 'a' });
  await settle();
  const refusal = client.last.refuse(REFUSED);
  taken.leave();
  await refusal;
  expect(queue.entries.get()).toMatchObject([
    { commandId: taken.commandId, state: 'refused', error: REFUSED },
  ]);
});

test('a refusal that is told in a form shows nowhere else, not even for a moment', async () => {
  const { client, queue } = tab();
  const seen: string[] = [];
  queue.entries.subscribe(() => seen.push(...states(queue)));
  client.online();
  const taken = queue.run('create_client', { name: 'a' });
  taken.result.catch(ignore);
  await settle();
  await client.last.refuse(REFUSED);
  expect(seen).not.toContain('create_client refused');
  expect(queue.entries.get()).toEqual([]);
});

test('[Q1] a tab whose turn is slow but goes on is not robbed of it by those that wait', async () => {
  const store = memoryStore();
  const browser = new FakeBrowser();
  const timers = new FakeTimers();
  const tabs = [tab({ store, browser, timers }), tab({ store, browser, timers })];
  for (let i = 0; i < 8; i += 1) tabs[0]?.queue.run('create_client', { name: `c${i}` });
  await settle();
  for (const { client } of tabs) client.online();
  await settle();
  for (let i = 0; i < 8; i += 1) {
    timers.advance(9000);
    await settle();
    while (browser.waiting > 0) browser.deliver(0);
    await tabs[0]?.client.last.accept({ client: {} });
    while (browser.waiting > 0) browser.deliver(0);
    await settle();
  }
  expect(tabs.map(({ client }) => client.sent.length)).toEqual([8, 0]);
});

test('[Q1] edits of the company and merges are carried over one’s own changes, too', async () => {
  const { client, queue } = tab();
  queue.run('update_client', { clientId: ORDER, expectedVersion: 3, name: 'a' });
  queue.run('merge_clients', { clientId: CLIENT, duplicateId: ORDER, duplicateVersion: 3 });
  queue.run('update_company', { expectedVersion: 7, name: 'a' });
  queue.run('update_company', { expectedVersion: 7, name: 'b' });
  await settle();
  client.online();
  await settle();
  await client.last.accept({ client: { id: ORDER, version: 4 } });
  expect(client.last.input).toMatchObject({ duplicateVersion: 4 });
  await client.last.accept({ client: { id: CLIENT, version: 9 }, merged: { id: ORDER, version: 5 } });
  await client.last.accept({ company: { name: 'a', version: 8 } });
  expect(client.last.input).toMatchObject({ expectedVersion: 8, name: 'b' });
});

test('giving up an order that waits gives up what was about it', async () => {
  const { queue } = tab();
  const placed = queue.run('place_order', place);
  queue.run('change_order_status', { orderId: ORDER, status: 'picking' });
  await settle();
  expect(buildingOn(placed.commandId, queue.entries.get())).toHaveLength(1);
  await queue.discard(placed.commandId);
  expect(queue.entries.get()).toEqual([]);
});
