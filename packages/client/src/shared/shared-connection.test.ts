import type { Envelope } from '@almenara/events';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createClient } from '../client.ts';
import { turn } from '../testing/desk.ts';
import { FakeBrowser, type FakeTab } from '../testing/fake-browser.ts';
import { FakeTimers } from '../testing/fake-timers.ts';
import { type HandChannel, HandNet } from '../testing/hand-net.ts';
import { makeEvent, TOPICS } from '../testing/model-events.ts';
import { ModelServer } from '../testing/model-server.ts';
import { IMPATIENCE_MS, PATIENCE_MS, PING_MS } from './failure-detector.ts';
import { SharedConnection } from './shared-connection.ts';

/** A tab with its client, and a record of what its handlers were told. */
class Tab {
  readonly timers = new FakeTimers();
  readonly net = new HandNet();
  readonly shared: SharedConnection;
  readonly client: ReturnType<typeof createClient>;
  readonly handles;
  readonly wrongs: string[] = [];
  readonly results: Promise<unknown>[] = [];
  readonly #applied = new Map<string, number>();
  readonly page: FakeTab;
  readonly name: string;
  isOver = false;
  /** Every state its connection was in since it was opened. */
  readonly passed: string[] = [];

  constructor(name: string, browser: FakeBrowser, net: HandNet) {
    this.name = name;
    this.page = browser.open();
    let ids = 0;
    const uuid = (): string => `${name}-${++ids}`;
    const report = (error: unknown): void => void this.wrongs.push(`${name}: ${String(error)}`);
    const transport: typeof net.transport = (setup) => {
      const connection = net.transport(setup);
      this.net.connections.push(...net.connections.slice(-1));
      // What a process had still to do dies with it.
      if (this.page.dead) connection.close();
      return connection;
    };
    const { timers } = this;
    this.shared = new SharedConnection({ name: 'ana', browser: this.page, timers, transport, uuid, report });
    const { wakeups } = this.shared;
    this.client = createClient({
      clientId: name,
      transport: this.shared.transport,
      wakeups,
      timers,
      uuid,
      random: () => 0.5,
      onError: report,
    });
    const see = ({ topic, seq }: Envelope): void => {
      const before = this.#applied.get(topic);
      if (before === undefined || seq !== before + 1)
        this.wrongs.push(`${name}: ${topic} ${seq} after ${before}`);
      this.#applied.set(topic, seq);
    };
    this.client.on('client_created', see);
    this.client.on('zone_created', see);
    this.client.onReset(({ topic, seq }) => this.#applied.set(topic, seq));
    this.handles = new Map<string, { view: { get(): unknown }; status: { get(): { kind: string } } }>([
      ['clients', this.client.topic('clients')],
      ['zones', this.client.topic('zones')],
      ['user:ana', this.client.topic('user', { id: 'ana' })],
    ]);
    this.client.connection.subscribe(() => this.passed.push(this.client.connection.get().kind));
    this.shared.start();
    this.client.start();
  }

  run(): void {
    const result = this.client.run('create_client', { name: 'Bar' }, { timeoutMs: null });
    // Only the end of its tab may take a command away from it.
    this.results.push(
      result.catch((error: unknown) => void (this.isOver || this.wrongs.push(String(error)))),
    );
  }
}

class Story {
  readonly browser = new FakeBrowser();
  readonly net = new HandNet();
  readonly server = new ModelServer(this.net, TOPICS, makeEvent);
  readonly tabs: Tab[] = [];
  #opened = 0;
  readonly #draining: HandChannel[] = [];

  constructor(tabs: number) {
    this.browser.locksTakeTime = true;
    for (let i = 0; i < tabs; i += 1) this.open();
  }

  get alive(): Tab[] {
    return this.tabs.filter(({ page }) => !page.dead && !page.frozen);
  }

  open(): Tab {
    this.#opened += 1;
    const tab = new Tab(`tab${this.#opened}`, this.browser, this.net);
    this.tabs.push(tab);
    return tab;
  }

  kill(tab: Tab): void {
    tab.isOver = true;
    this.browser.crash(tab.page);
    for (const connection of tab.net.connections) connection.close();
    this.tabs.splice(this.tabs.indexOf(tab), 1);
  }

  close(tab: Tab): void {
    tab.isOver = true;
    tab.client.stop();
    tab.shared.stop();
    this.kill(tab);
  }

  /** The tab whose connection it is; null while nobody leads. */
  get leader(): Tab | null {
    return this.tabs.find(({ shared }) => shared.leads.get()) ?? null;
  }

  /** The server says that it goes; it does when all is calm. */
  drain(channel: HandChannel): void {
    this.#draining.push(channel);
    channel.say('draining', { reconnectInMs: 1000 });
  }

  revoke(channel: HandChannel): void {
    channel.say('session_ended', { code: 'revoked' });
    channel.drop(true);
  }

  advance(ms: number): void {
    for (const { timers } of this.alive) timers.advance(ms);
  }

  async step(what: number, n: number): Promise<void> {
    const { server, browser } = this;
    const peers = server.peers();
    const peer = peers[n % Math.max(1, peers.length)];
    const tab = this.alive[n % Math.max(1, this.alive.length)];
    const cases: [number, () => void][] = [
      [200, () => peer && server.serve(peer, 1 + (n % 4))],
      [120, () => server.append(TOPICS[n % 3] ?? 'clients', 1 + (n % 3))],
      [60, () => peer && (peer.accepted ? server.begin(peer) : server.accept(peer))],
      [60, () => peer && server.read(peer, n, 1 + (n % 4))],
      [50, () => peer && server.send(peer)],
      [80, () => peer && server.deliver(peer)],
      [400, () => browser.deliver(n)],
      [80, () => this.advance([1, 100, 250, 900, 3500, 12_000][n % 6] ?? 0)],
      [40, () => tab?.run()],
      [15, () => this.tabs.length < 5 && this.open()],
      [10, () => this.tabs.length > 1 && tab && this.close(tab)],
      [15, () => this.tabs.length > 1 && tab && this.kill(tab)],
      [20, () => this.leader && this.tabs.length > 1 && this.kill(this.leader)],
      [15, () => this.alive.length > 1 && tab?.page.freeze(true)],
      [25, () => this.tabs.forEach(({ page }) => void page.freeze(false))],
      [15, () => server.cut()],
      [10, () => peer?.accepted && this.drain(peer.channel)],
      [10, () => peer?.accepted && this.revoke(peer.channel)],
      [20, () => tab?.page.show(n % 2 === 0)],
    ];
    let rest = what % cases.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, happen] of cases) {
      if (rest < weight) {
        happen();
        break;
      }
      rest -= weight;
    }
    if (n % 3 > 0) await turn();
  }

  /** All that is under way arrives, in an order that `pick` tells; no time passes. */
  async arrive(pick?: () => number): Promise<void> {
    for (let busy = true; busy; ) {
      await turn();
      busy = this.browser.waiting > 0;
      if (pick && busy) {
        this.browser.deliver(pick());
        if (pick() % 3 > 0) continue;
      } else while (this.browser.waiting > 0) this.browser.deliver(0);
      for (const peer of this.server.peers()) {
        const { requests } = peer.channel;
        busy ||= !peer.accepted || requests.length + peer.begun.length + peer.down.length > 0;
        this.server.serve(peer, 3);
      }
    }
  }

  async calm(): Promise<void> {
    for (const { page } of this.tabs) page.freeze(false);
    for (const { page } of this.tabs) page.show(true);
    for (let i = 0; i < 60; i += 1) {
      await this.arrive();
      if (i === 10) for (const channel of this.#draining.splice(0)) channel.drop(true);
      if (i === 40) for (const peer of this.server.peers()) this.server.announce(peer);
      this.advance(1000);
    }
  }

  async verify(): Promise<void> {
    expect(this.tabs.flatMap(({ wrongs }) => wrongs)).toEqual([]);
    for (const { name, client, handles } of this.tabs) {
      expect([name, client.connection.get().kind]).toEqual([name, 'online']);
      for (const [topic, handle] of handles) {
        expect([name, handle.status.get()]).toEqual([
          name,
          { kind: 'live', seq: this.server.log(topic).length },
        ]);
        expect(handle.view.get()).toEqual(this.server.truth(topic));
      }
    }
    await Promise.all(this.tabs.flatMap(({ results }) => results));
    expect(new Set(this.server.executions).size).toBe(this.server.executions.length);
    expect(this.net.open).toBe(1);
    for (const tab of [...this.tabs]) this.close(tab);
    expect(this.net.open).toBe(0);
    for (const { timers } of this.tabs) expect(timers.pending).toBe(0);
  }
}

test('[R4] [C1] tabs that share a connection each end where the log is, whoever leads, crashes or freezes', async () => {
  const happenings = fc.array(fc.tuple(fc.nat(9999), fc.nat(999)), { maxLength: 250, size: 'max' });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), happenings, async (tabs, steps) => {
      const story = new Story(tabs);
      for (const [what, n] of steps) await story.step(what, n);
      await story.calm();
      await story.verify();
    }),
    { numRuns: Number(process.env.SHARED_STORIES ?? 150) },
  );
}, 120_000);

/** Whatever order things arrive in, tabs are live when all has arrived: nobody waits for a deadline or a next try. */
const orders = fc.array(fc.nat(99), { minLength: 1, maxLength: 60, size: 'max' });
const inTurn = (order: readonly number[]) => {
  let next = 0;
  return () => order[next++ % order.length] ?? 0;
};
const statesOf = (story: Story) => story.tabs.map(({ client }) => client.connection.get().kind);

test('[R4] tabs opened together are live without a wait, and none is offline meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 5 }), orders, async (tabs, order) => {
      const story = new Story(tabs);
      await story.arrive(inTurn(order));
      expect(statesOf(story)).toEqual(story.tabs.map(() => 'online'));
      expect(story.tabs.flatMap(({ passed }) => passed)).not.toContain('offline');
      expect(story.net.connections).toHaveLength(1);
    }),
    { numRuns: Number(process.env.SHARED_STORIES ?? 150) },
  );
});

test('[R4] a tab opened beside a live one is live without a wait, and neither is offline meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 3 }), orders, async (tabs, order) => {
      const story = new Story(tabs);
      await story.arrive();
      story.open();
      story.open();
      await story.arrive(inTurn(order));
      expect(statesOf(story)).toEqual(story.tabs.map(() => 'online'));
      expect(story.tabs.flatMap(({ passed }) => passed)).not.toContain('offline');
      expect(story.net.connections).toHaveLength(1);
    }),
    { numRuns: Number(process.env.SHARED_STORIES ?? 150) },
  );
});

test('[R4] the next leader takes over without a wait when one closes, crashes or is loaded anew', async () => {
  const ends = fc.constantFrom('close', 'crash', 'reload', 'freeze');
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 4 }), ends, orders, async (tabs, end, order) => {
      const story = new Story(tabs);
      await story.arrive();
      const { leader } = story;
      if (!leader) throw new Error('Nobody leads');
      if (end === 'crash') story.kill(leader);
      else if (end === 'freeze') leader.page.change('freezing');
      else story.close(leader);
      if (end === 'reload') story.open();
      await story.arrive(inTurn(order));
      expect(statesOf(story)).toEqual(story.tabs.map(() => 'online'));
      expect(story.net.open).toBe(1);
    }),
    { numRuns: Number(process.env.SHARED_STORIES ?? 150) },
  );
});

test('[R4] tabs share one connection, and the leader’s crash hands it on', async () => {
  const story = new Story(3);
  await story.calm();
  expect(story.net.open).toBe(1);
  const first = story.leader;
  if (!first) throw new Error('Nobody leads');
  story.kill(first);
  story.server.append('clients', 3);
  await story.calm();
  expect(story.leader).not.toBe(first);
  expect(story.net.open).toBe(1);
  await story.verify();
});

test('[R4] a frozen leader loses its place to a tab that is looked at, and is one of the others when it thaws', async () => {
  const story = new Story(2);
  await story.calm();
  const frozen = story.leader;
  const other = story.tabs.find((tab) => tab !== frozen);
  if (!frozen || !other) throw new Error('Nobody leads');
  frozen.page.freeze(true);
  other.timers.advance(PING_MS);
  other.timers.advance(PATIENCE_MS);
  await story.arrive();
  expect(other.shared.leads.get()).toBe(true);
  await story.calm();
  expect(frozen.shared.leads.get()).toBe(false);
  await story.verify();
});

test('[R4] a tab opened beside a frozen leader takes its place before anybody has to wait for long', async () => {
  const story = new Story(1);
  await story.calm();
  const [frozen] = story.tabs;
  frozen?.page.freeze(true);
  const opened = story.open();
  await story.arrive();
  opened.timers.advance(IMPATIENCE_MS);
  await story.arrive();
  expect(opened.client.connection.get().kind).toBe('online');
  expect(opened.passed).not.toContain('offline');
  await story.calm();
  await story.verify();
});

test('a room is left only when no tab wants it', async () => {
  const story = new Story(2);
  await story.calm();
  const [one, two] = story.tabs;
  if (!one || !two) throw new Error('Two tabs');
  const roomsOf = () => [...(story.server.peers()[0]?.rooms ?? [])];
  one.client.topic('zones').close();
  expect(roomsOf()).toContain('zones');
  await story.calm();
  expect(roomsOf()).toContain('zones');
  await story.verify();
});

test('a dial that hangs is given up, however many tabs wait for it', async () => {
  const story = new Story(3);
  const settled = async (): Promise<void> => {
    await turn();
    while (story.browser.waiting > 0) story.browser.deliver(0);
    await turn();
  };
  for (let second = 0; second < 13; second += 1) {
    await settled();
    story.advance(1000);
  }
  expect(story.net.connections.length).toBeGreaterThan(1);
  expect(story.net.open).toBe(1);
  await story.calm();
  await story.verify();
});

test('[R4] a server that is about to go is left by all tabs, each for the same new connection', async () => {
  const story = new Story(3);
  await story.calm();
  const [old] = story.net.connections;
  old?.channels.get('/desk')?.say('draining', { reconnectInMs: 1000 });
  await story.calm();
  expect(old?.closed).toBe(true);
  await story.verify();
});
