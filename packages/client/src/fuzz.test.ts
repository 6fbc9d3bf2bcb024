import type { Envelope } from '@almenara/events';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { desk, turn } from './testing/desk.ts';
import { makeEvent, TOPICS } from './testing/model-events.ts';
import { ModelServer } from './testing/model-server.ts';

const RUNS = 300;
class Story {
  readonly #desk = desk();
  readonly server = new ModelServer(this.#desk.net, TOPICS, makeEvent);
  readonly #handles = new Map(TOPICS.map((topic) => [topic, this.#follow(topic)]));
  /** By topic: where the last reset was, and the ids of what was applied since. */
  readonly #applied = new Map<string, { from: number; ids: string[] }>();
  readonly #results: Promise<unknown>[] = [];
  readonly wrongs: string[] = [];
  readonly #faults: number;
  #stops = 0;
  #done = 0;

  constructor(faults: number) {
    this.#faults = faults;
    const { client } = this.#desk;
    const see = ({ topic, seq, id }: Envelope): void => {
      const since = this.#applied.get(topic);
      if (!since || seq !== since.from + since.ids.length + 1) {
        this.wrongs.push(`${topic} ${seq} after ${since?.from} + ${since?.ids.length}`);
      }
      since?.ids.push(id);
    };
    client.on('client_created', see);
    client.on('zone_created', see);
    client.onReset(({ topic, seq }) => this.#applied.set(topic, { from: seq, ids: [] }));
    client.start();
  }

  #follow(topic: string) {
    const { client } = this.#desk;
    if (topic === 'clients') return client.topic('clients');
    return topic === 'zones' ? client.topic('zones') : client.topic('user', { id: 'ana' });
  }

  /** One thing that happens; `n` chooses between its cases. */
  async step(what: number, n: number): Promise<void> {
    const { client, timers } = this.#desk;
    const { server } = this;
    const peers = server.peers();
    const peer = peers[n % Math.max(1, peers.length)];
    const topic = TOPICS[n % TOPICS.length] ?? 'clients';
    const at = peer ? n % (peer.down.length + 1) : 0;
    const cases: [weight: number, run: () => void, fault?: true][] = [
      [150, () => peer && server.serve(peer, 1 + (n % 4))],
      [120, () => server.append(topic, 1 + (n % 3))],
      [60, () => peer && (peer.accepted ? server.begin(peer) : server.accept(peer))],
      [60, () => peer && server.read(peer, n, 1 + (n % 4))],
      [50, () => peer && server.send(peer)],
      [100, () => peer && server.deliver(peer)],
      [80, () => timers.advance([1, 100, 250, 400, 1500, 12_000][n % 6] ?? 0)],
      [20, () => peer?.accepted && server.announce(peer)],
      [30, () => this.#run()],
      [10, () => this.#close(topic)],
      [30, () => this.#open(topic)],
      [50, () => peer && server.lose(peer, at), true],
      [30, () => peer && server.repeat(peer, at), true],
      [80, () => peer && server.swap(peer, at), true],
      [25, () => server.cut(), true],
      [10, () => server.beginEpoch((length) => n % (length + 2), 'close'), true],
      [20, () => server.beginEpoch((length) => n % (length + 2), n % 2 === 0 ? 'heads' : 'nothing'), true],
      [10, () => this.#rewind(n), true],
      [10, () => server.forgetUpTo(topic, n % 20), true],
      [30, () => peer?.accepted && server.refuse(peer, n % 2 === 0 ? 'rate_limited' : 'unavailable'), true],
      [10, () => peer?.channel.say('draining', { reconnectInMs: 1000 }), true],
      [
        10,
        () => peer?.channel.say('session_ended', { code: ['expired', 'slow_consumer', 'idle'][n % 3] }),
        true,
      ],
      [
        20,
        () =>
          peer &&
          !peer.accepted &&
          peer.channel.refuse({ code: 'rate_limited', message: '', retryAfterMs: 300 }),
        true,
      ],
      [5, () => this.#restart(), true],
      [10, () => this.#desk.wake('back'), true],
    ];
    // Each story has some of the faults only: all at once, they would hide what one of them alone can do.
    const weights = cases.map(([weight, , fault], i) =>
      fault && (this.#faults >> i) % 2 === 0 ? 0 : weight,
    );
    let rest = what % weights.reduce((sum, weight) => sum + weight, 0);
    for (const [i, weight] of weights.entries()) {
      if (rest < weight) {
        cases[i]?.[1]();
        break;
      }
      rest -= weight;
    }
    if (n % 3 > 0) await turn();
    if (client.connection.get().kind === 'needs_auth') client.retryNow();
  }

  /** Without the id of its last event a cursor cannot tell one history from another of the same epoch. */
  #rewind(n: number): void {
    const keep = (length: number): number => n % (length + 1);
    for (const [topic, { cursor }] of this.#handles) {
      if (cursor && !cursor.id && cursor.seq > keep(this.server.log(topic).length)) return;
    }
    this.server.rewind(keep);
  }

  #run(): void {
    const stops = this.#stops;
    const result = this.#desk.client.run('create_client', { name: 'Ana' }, { timeoutMs: null });
    const settled = result.then(
      () => {
        this.#done += 1;
      },
      (error: unknown) => {
        // Only stopping the client may take a command away from it.
        if (stops === this.#stops) throw error;
      },
    );
    this.#results.push(settled);
  }

  #close(topic: string): void {
    this.#handles.get(topic)?.close();
    this.#handles.delete(topic);
  }

  #open(topic: string): void {
    if (!this.#handles.has(topic)) this.#handles.set(topic, this.#follow(topic));
  }

  #restart(): void {
    this.#stops += 1;
    this.#desk.client.stop();
    if (this.#desk.timers.pending > 0) this.wrongs.push(`${this.#desk.timers.pending} timers after stop()`);
    this.#desk.client.start();
  }

  /** The network is well again, and everybody has time. */
  async calm(): Promise<void> {
    const { client, timers } = this.#desk;
    for (const topic of TOPICS) this.#open(topic);
    for (let i = 0; i < 60; i += 1) {
      if (client.connection.get().kind === 'offline') client.retryNow();
      for (let busy = true; busy; ) {
        await turn();
        busy = false;
        for (const peer of this.server.peers()) {
          const { requests } = peer.channel;
          busy ||= !peer.accepted || requests.length + peer.begun.length + peer.down.length > 0;
          this.server.serve(peer, 3);
        }
      }
      if (i === 40) for (const peer of this.server.peers()) this.server.announce(peer);
      timers.advance(1000);
    }
  }

  async verify(): Promise<void> {
    const { client, timers, errors } = this.#desk;
    expect(this.wrongs).toEqual([]);
    expect(errors).toEqual([]);
    expect(client.connection.get().kind).toBe('online');
    for (const [topic, handle] of this.#handles) {
      const log = this.server.log(topic);
      expect(handle.status.get()).toEqual({ kind: 'live', seq: log.length });
      expect(handle.view.get()).toEqual(this.server.truth(topic));
      const { from, ids } = this.#applied.get(topic) ?? { from: -1, ids: [] };
      expect(ids).toEqual(log.slice(from).map(({ id }) => id));
    }
    await Promise.all(this.#results);
    // What a stopped client had sent may have been done.
    if (this.#stops === 0) expect(this.server.executions.length).toBe(this.#done);
    expect(new Set(this.server.executions).size).toBe(this.server.executions.length);
    expect(timers.pending).toBe(0);
    client.stop();
    expect(this.#desk.net.open).toBe(0);
  }
}

test('[R1] [R2] [C1] whatever the network and the server do, the client ends where the log is, and has told of all', async () => {
  const happenings = fc.array(fc.tuple(fc.nat(9999), fc.nat(999)), { maxLength: 250, size: 'max' });
  await fc.assert(
    fc.asyncProperty(fc.nat(2 ** 30 - 1), happenings, async (faults, steps) => {
      const story = new Story(faults);
      for (const [what, n] of steps) await story.step(what, n);
      await story.calm();
      await story.verify();
    }),
    { numRuns: RUNS },
  );
}, 60_000);
