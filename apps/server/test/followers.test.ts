import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { topicName } from '@almenara/events';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../src/clock.ts';
import { assemble } from '../src/commands/feature.ts';
import { readNext } from '../src/commands/followers/cursor.ts';
import { defineFollower, type Follower, handlingId } from '../src/commands/followers/follower.ts';
import { Followers, type FollowersPorts } from '../src/commands/followers/followers.ts';
import { FakeClock } from '../src/fake-clock.ts';
import { features } from '../src/features.ts';
import { renewEpoch } from '../src/log/epoch.ts';
import { type TestApp, testApp } from './app.ts';
import { createEffects, effectsOf, leave, PARTS, zoneWatcher } from './effects.ts';
import { between, runSeed, seeded } from './random.ts';

/** How many times a node is killed, each time at another statement: each of them in turn, or some at random. */
const KILLS = process.env.FOLLOWER_KILLS ?? '3';

type Options = Partial<FollowersPorts> & { failures?: unknown[] };

/** Followers beside those of the desk's own, on its bus: a node's, however many there are. */
function nodeOf(desk: TestApp, followers: readonly Follower[], { failures = [], ...ports }: Options = {}) {
  const { bus, database } = desk.app;
  const node = new Followers({
    followers,
    bus,
    database,
    clock: systemClock,
    newId: randomUUID,
    random: Math.random,
    failed: (error) => failures.push(error),
    leaseMs: 15_000,
    compareMs: 20,
    retrying: { attempts: 3, pauseMs: () => 1 },
    ...ports,
  });
  return Object.assign(node, { [Symbol.asyncDispose]: () => node.stop() });
}

const addZone = (desk: TestApp, code: string) => desk.run('create_zone', { code, name: code });

async function deskWithEffects() {
  const desk = await testApp();
  const db = desk.app.database.accounts;
  await createEffects(db);
  const subjects = async (follower: string) => (await effectsOf(db, follower)).map(({ subject }) => subject);
  return { desk, db, subjects, [Symbol.asyncDispose]: () => desk[Symbol.asyncDispose]() };
}

test('[W1] a new follower begins at the head, and is told of each later event once, in order', async () => {
  await using one = await deskWithEffects();
  const { desk, subjects } = one;
  await addZone(desk, 'BEFORE');
  await using node = nodeOf(desk, [zoneWatcher('watcher')]);
  await node.start();
  for (const code of ['A1', 'A2', 'A3']) await addZone(desk, code);

  await expect.poll(() => subjects('watcher')).toEqual(['A1', 'A2', 'A3']);
});

test('[W1] of a topic that begins after it, a follower is told from the first event on', async () => {
  await using one = await deskWithEffects();
  const { desk, subjects } = one;
  await using node = nodeOf(desk, [zoneWatcher('watcher')]);
  await node.start();
  await addZone(desk, 'FIRST');

  await expect.poll(() => subjects('watcher')).toEqual(['FIRST']);
});

test('[W1] a follower goes on where it stood, whoever did its work before', async () => {
  await using one = await deskWithEffects();
  const { desk, subjects } = one;
  {
    await using node = nodeOf(desk, [zoneWatcher('watcher')]);
    await node.start();
    await addZone(desk, 'A1');
    await expect.poll(() => subjects('watcher')).toEqual(['A1']);
  }
  await addZone(desk, 'MEANWHILE');
  await using node = nodeOf(desk, [zoneWatcher('watcher')]);
  await node.start();

  await expect.poll(() => subjects('watcher')).toEqual(['A1', 'MEANWHILE']);
});

test('a follower of the house is woken by the commit, long before it would look', async () => {
  const house = assemble([...features, { name: 'test', followers: [zoneWatcher('watcher')] }]);
  await using desk = await testApp({ house });
  const db = desk.app.database.accounts;
  await createEffects(db);
  const began = performance.now();
  for (let n = 0; n < 20; n += 1) {
    await addZone(desk, `Z${n}`);
    await expect.poll(async () => (await effectsOf(db, 'watcher')).length, { interval: 5 }).toBe(n + 1);
  }
  // To be found by looking twenty times takes 2 s each.
  expect(performance.now() - began).toBeLessThan(20_000);
});

test('what a follower causes stands in the log under an id of its own, in one commit with its step', async () => {
  await using one = await deskWithEffects();
  const { desk, db } = one;
  const chain = defineFollower({
    name: 'chain',
    topics: ['zones'],
    types: ['zone_created'],
    onFailure: 'park',
    concerns: ({ data }) => data.zone.code === 'CAUSE',
    handle: async (tx, { data: { zone } }) => {
      tx.record('zone_created', topicName('zones'), { zone: { ...zone, code: 'EFFECT' } });
      return undefined;
    },
  });
  await using node = nodeOf(desk, [chain]);
  await node.start();
  await addZone(desk, 'CAUSE');

  const topic = topicName('zones');
  const readBack = () => readNext(db, { ...chain, name: 'reader' }, topic);
  await expect
    .poll(async () => (await readBack()).events)
    .toMatchObject([
      { origin: 'user', data: { zone: { code: 'CAUSE' } } },
      { origin: 'system', userId: null, data: { zone: { code: 'EFFECT' } } },
    ]);
  const [cause, effect] = (await readBack()).events;
  const { commandId } = await db.event.findFirstOrThrow({ where: { topic, seq: 2 } });
  expect(commandId).toBe(handlingId('chain', cause && 'id' in cause ? cause.id : '', 0));
  await expect
    .poll(() => db.followerCursor.findFirst({ where: { name: 'chain', topic } }))
    .toMatchObject({ seq: BigInt(effect?.seq ?? 0) });
});

test('[W2] what an import brings wakes nobody but who asks for it', async () => {
  await using one = await deskWithEffects();
  const { desk, subjects } = one;
  const of = (code: string, origin: 'system' | 'import') =>
    desk.app.bus.runSystem({ name: 'test', commandId: randomUUID(), input: {}, origin }, async (tx) => {
      const at = tx.now.toISOString();
      const zone = { id: randomUUID(), code, name: code, version: 1, createdAt: at, updatedAt: at };
      tx.record('zone_created', topicName('zones'), { zone });
    });
  const curious = { ...zoneWatcher('curious'), origins: ['user', 'system', 'import'] as const };
  await using node = nodeOf(desk, [zoneWatcher('watcher'), curious]);
  await node.start();
  await of('OLD', 'import');
  await of('NEW', 'system');

  await expect.poll(() => subjects('watcher')).toEqual(['NEW']);
  await expect.poll(() => subjects('curious')).toEqual(['OLD', 'NEW']);
});

test('[W3] a poisoned event is parked after the last attempt, the topic goes on, and it can be run again', async () => {
  await using one = await deskWithEffects();
  const { desk, subjects } = one;
  let broken = true;
  const failures: unknown[] = [];
  await using node = nodeOf(desk, [zoneWatcher('watcher', { broken: () => broken })], { failures });
  await node.start();
  for (const code of ['A1', 'X1', 'A2']) await addZone(desk, code);
  await expect.poll(() => subjects('watcher')).toEqual(['A1', 'A2']);

  // On a busy machine others may be in the way as well.
  expect(failures.filter((error) => error instanceof TypeError)).toHaveLength(3);
  const [parked] = await node.parked();
  expect(parked).toMatchObject({ follower: 'watcher', topic: 'zones', seq: 2, attempts: 3 });
  expect(parked?.error).toBe('TypeError: X1 is too much for it.');

  const again = () => node.runParked({ follower: 'watcher', topic: topicName('zones'), seq: 2 });
  await expect(again()).rejects.toThrow('X1 is too much for it.');
  expect(await node.parked()).toMatchObject([{ attempts: 4 }]);
  broken = false;
  await again();
  expect(await node.parked()).toEqual([]);
  expect(await subjects('watcher')).toEqual(['A1', 'A2', 'X1']);
  await expect(again()).rejects.toThrow('There is no parked event zones 2.');
});

test('[W3] a follower that holds waits at the event, in that topic alone, until it can go on', async () => {
  await using one = await deskWithEffects();
  const { desk, subjects, db } = one;
  let broken = true;
  const holding = zoneWatcher('holding', { onFailure: 'hold', broken: () => broken });
  const both = defineFollower({
    name: 'holding',
    topics: ['zones', 'clients'],
    types: ['zone_created', 'client_created'],
    onFailure: 'hold',
    handle: async (tx, event) => {
      if (event.type === 'zone_created') await holding.handle(tx, event);
      else await leave(tx, { follower: 'holding', subject: event.data.client.name, part: 0 });
      return undefined;
    },
  });
  const failures: unknown[] = [];
  await using node = nodeOf(desk, [both], { failures });
  await node.start();
  for (const code of ['X1', 'A2']) await addZone(desk, code);
  await desk.run('create_client', { name: 'Ada' });
  await expect.poll(() => failures.length).toBeGreaterThan(5);
  await expect.poll(() => subjects('holding')).toEqual(['Ada']);
  expect(await db.parkedEvent.count()).toBe(0);

  broken = false;
  await expect.poll(() => subjects('holding')).toEqual(['Ada', 'X1', 'A2']);
});

test('[W4] parts are as the first transaction left them, each done once, also by another node', async () => {
  await using one = await deskWithEffects();
  const { desk, db } = one;
  let people = ['Ada', 'Bob', 'Cem', 'Dee'];
  let ill: string | null = 'Cem';
  const notices = defineFollower({
    name: 'notices',
    topics: ['zones'],
    types: ['zone_created'],
    onFailure: 'hold',
    handle: async () => people.map((person) => ({ person })),
    parts: {
      schema: z.object({ person: z.string() }),
      handle: async (tx, _event, { person }) => {
        if (person === ill) throw new Error('Not now.');
        await leave(tx, { follower: 'notices', subject: person, part: 0 });
      },
    },
  });
  const failures: unknown[] = [];
  {
    await using node = nodeOf(desk, [notices], { failures });
    await node.start();
    await addZone(desk, 'A1');
    await expect.poll(() => failures.length).toBeGreaterThan(1);
  }
  expect((await effectsOf(db, 'notices')).map(({ subject }) => subject)).toEqual(['Ada', 'Bob']);
  ill = null;
  people = [...people, 'Eve'];
  await using node = nodeOf(desk, [notices]);
  await node.start();
  await expect
    .poll(async () => (await effectsOf(db, 'notices')).map(({ subject }) => subject))
    .toEqual(['Ada', 'Bob', 'Cem', 'Dee']);
  await expect
    .poll(() => db.followerCursor.findFirst({ where: { name: 'notices', topic: 'zones' } }))
    .toMatchObject({ seq: 1n, part: 0, parts: null });
});

test('[W3][W4] a part that fails again and again is parked with those after it, and goes on from there', async () => {
  await using one = await deskWithEffects();
  const { desk, db } = one;
  let ill = true;
  const notices = defineFollower({
    name: 'notices',
    topics: ['zones'],
    types: ['zone_created'],
    onFailure: 'park',
    handle: async (_tx, { data: { zone } }) => (zone.code === 'MANY' ? ['Ada', 'Bob', 'Cem'] : []),
    parts: {
      schema: z.string(),
      handle: async (tx, _event, subject) => {
        if (subject === 'Bob' && ill) throw new Error('Not now.');
        await leave(tx, { follower: 'notices', subject, part: 0 });
      },
    },
  });
  await using node = nodeOf(desk, [notices]);
  await node.start();
  await addZone(desk, 'MANY');
  await expect.poll(() => node.parked()).toMatchObject([{ seq: 1, attempts: 3, error: 'Error: Not now.' }]);
  const told = async () => (await effectsOf(db, 'notices')).map(({ subject }) => subject);
  expect(await told()).toEqual(['Ada']);

  ill = false;
  await node.runParked({ follower: 'notices', topic: topicName('zones'), seq: 1 });
  expect(await told()).toEqual(['Ada', 'Bob', 'Cem']);
  expect(await node.parked()).toEqual([]);
});

test('[W3] what goes wrong with the question whether an event concerns it counts as a failure with that event', async () => {
  await using one = await deskWithEffects();
  const { desk, subjects } = one;
  const choosy = defineFollower({
    ...zoneWatcher('choosy'),
    concerns: ({ data: { zone } }) => {
      if (zone.code === 'ODD') throw new Error('What is that?');
      return zone.code !== 'NOT';
    },
  });
  await using node = nodeOf(desk, [choosy]);
  await node.start();
  for (const code of ['ODD', 'NOT', 'A1']) await addZone(desk, code);
  await expect.poll(() => subjects('choosy')).toEqual(['A1']);
  expect(await node.parked()).toMatchObject([{ seq: 1, attempts: 3 }]);
});

test('[W3] a topic that waits after a failure is not woken before its time, however much happens in it', async () => {
  await using one = await deskWithEffects();
  const { desk, subjects, db } = one;
  const times: number[] = [];
  const watcher = zoneWatcher('watcher');
  const timed = defineFollower({
    ...watcher,
    handle: (tx, event) => {
      if (event.data.zone.code === 'X1') times.push(performance.now());
      return watcher.handle(tx, event);
    },
  });
  const retrying = { attempts: 3, pauseMs: () => 300 };
  await using node = nodeOf(desk, [timed], { retrying, compareMs: 5 });
  await node.start();
  await addZone(desk, 'X1');
  for (let n = 0; n < 20; n += 1) await addZone(desk, `Z${n}`);
  await expect.poll(() => db.parkedEvent.count()).toBe(1);
  await expect.poll(async () => (await subjects('watcher')).length).toBe(20);
  expect(times).toHaveLength(3);
  for (const [i, at] of times.slice(1).entries()) expect(at - (times[i] ?? 0)).toBeGreaterThanOrEqual(295);
});

test('[W4] parts of an event that a later version does not want are given up, and the topic goes on', async () => {
  await using one = await deskWithEffects();
  const { desk, subjects } = one;
  const watcher = zoneWatcher('watcher');
  const stuck = defineFollower({
    ...watcher,
    onFailure: 'hold',
    parts: { schema: z.object({ part: z.int() }), handle: () => Promise.reject(new Error('Not now.')) },
  });
  const failures: unknown[] = [];
  {
    await using node = nodeOf(desk, [stuck], { failures });
    await node.start();
    await addZone(desk, 'P1');
    await expect.poll(() => failures.length).toBeGreaterThan(0);
  }
  await addZone(desk, 'A1');
  const later: unknown[] = [];
  const without = defineFollower({ ...watcher, concerns: ({ data }) => data.zone.code !== 'P1' });
  await using node = nodeOf(desk, [without], { failures: later });
  await node.start();
  await expect.poll(() => subjects('watcher')).toEqual(['P1', 'A1']);
  expect(String(later[0])).toContain('given up');
});

test('[W2] of events of an older node that does not say whose doing they are, the user says it', async () => {
  await using one = await deskWithEffects();
  const { desk, db, subjects } = one;
  await using node = nodeOf(desk, [{ ...zoneWatcher('users'), origins: ['user'] }]);
  await node.start();
  await db.$transaction([
    db.$executeRaw`INSERT INTO topic (name, head) VALUES ('zones', 2)`,
    ...[desk.users.admin.id, null].map((userId, i) => {
      const zone = { id: randomUUID(), code: `OLD${i}`, name: 'Old', version: 1 };
      return db.$executeRaw`
        INSERT INTO event (topic, seq, id, type, data, at, user_id)
        VALUES ('zones', ${i + 1}, ${randomUUID()}::uuid, 'zone_created', ${JSON.stringify({ zone })}::jsonb, now(), ${userId})`;
    }),
  ]);
  await addZone(desk, 'NEW');
  await expect.poll(() => subjects('users')).toEqual(['OLD0', 'NEW']);
});

test('[W5] in another history a follower begins at its end', async () => {
  await using one = await deskWithEffects();
  const { desk, db, subjects } = one;
  {
    await using node = nodeOf(desk, [zoneWatcher('watcher')]);
    await node.start();
    await addZone(desk, 'A1');
    await expect.poll(() => subjects('watcher')).toEqual(['A1']);
  }
  await addZone(desk, 'OTHER');
  await renewEpoch(db);
  await using node = nodeOf(desk, [zoneWatcher('watcher')]);
  await node.start();
  await addZone(desk, 'A2');

  await expect.poll(() => subjects('watcher')).toEqual(['A1', 'A2']);
});

test('[W1] a topic that a later version adds is followed from then on', async () => {
  await using one = await deskWithEffects();
  const { desk, subjects } = one;
  const watcher = zoneWatcher('watcher');
  {
    await using node = nodeOf(desk, [{ ...watcher, topics: ['clients'] }]);
    await node.start();
    await addZone(desk, 'BEFORE');
  }
  await using node = nodeOf(desk, [{ ...watcher, topics: ['clients', 'zones'] }]);
  await node.start();
  await addZone(desk, 'AFTER');

  await expect.poll(() => subjects('watcher')).toEqual(['AFTER']);
});

test('[W6] two nodes that compete for the lease all the time handle each event once, in order', async () => {
  await using one = await deskWithEffects();
  const { desk, subjects } = one;
  const codes = Array.from({ length: 40 }, (_, i) => `Z${i}`);
  // So short that each loses it now and then amid its work, and renews it too late.
  await using first = nodeOf(desk, [zoneWatcher('watcher')], { leaseMs: 15, compareMs: 5 });
  await using second = nodeOf(desk, [zoneWatcher('watcher')], { leaseMs: 15, compareMs: 5 });
  await Promise.all([first.start(), second.start()]);
  for (const code of codes) await addZone(desk, code);

  await expect.poll(() => subjects('watcher'), { timeout: 30_000 }).toEqual(codes);
});

test('[W6] another node goes on when the first has stopped, or has gone silent', async () => {
  await using one = await deskWithEffects();
  const { desk, subjects } = one;
  // It takes the lease and does nothing any more: as a node that is frozen, or cut off.
  const silent = nodeOf(desk, [zoneWatcher('watcher')], { leaseMs: 300, clock: new FakeClock() });
  await silent.start();
  const second = nodeOf(desk, [zoneWatcher('watcher')], { leaseMs: 300 });
  await second.start();
  await addZone(desk, 'A1');
  await expect.poll(() => subjects('watcher')).toEqual(['A1']);
  await second.stop();
  await addZone(desk, 'A2');
  await using third = nodeOf(desk, [zoneWatcher('watcher')]);
  await third.start();
  await expect.poll(() => subjects('watcher')).toEqual(['A1', 'A2']);
  await silent.stop();
});

test('[W6] a node that wakes up after its lease ran out changes nothing any more', async () => {
  await using one = await deskWithEffects();
  const { desk, subjects, db } = one;
  let awake = (): void => {};
  const asleep = new Promise<void>((resolve) => {
    awake = resolve;
  });
  let reach = (): void => {};
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  /** It stops between what it has read and what it is about to do. */
  const bus: FollowersPorts['bus'] = {
    runFenced: async (work, handle) => {
      reach();
      await asleep;
      return desk.app.bus.runFenced(work, handle);
    },
  };
  const zombie = nodeOf(desk, [zoneWatcher('watcher')], { clock: new FakeClock(), bus });
  await zombie.start();
  await addZone(desk, 'A1');
  await zombie.compare();
  await reached;
  await db.$executeRaw`UPDATE follower_lease SET until = now() - interval '1 second'`;
  await using other = nodeOf(desk, [zoneWatcher('watcher')], { leaseMs: 300 });
  await other.start();
  await expect.poll(() => subjects('watcher')).toEqual(['A1']);
  await addZone(desk, 'A2');
  await expect.poll(() => subjects('watcher')).toEqual(['A1', 'A2']);

  awake();
  await zombie.stop();
  expect(await subjects('watcher')).toEqual(['A1', 'A2']);
});

const child = fileURLToPath(new URL('follower-child.ts', import.meta.url));

/** What a program ends with that is to be begun again: EX_TEMPFAIL of sysexits.h. */
const UNAVAILABLE = 75;

/** A node that comes to the end of its work, or dies at that statement before. */
async function runNode(url: string, killAt: number, moment: 'before' | 'after'): Promise<void> {
  const args = ['--import', 'tsx', child, url, String(killAt), moment];
  const node = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code, signal] = await once(node, 'exit');
  if (code === UNAVAILABLE) return runNode(url, killAt, moment);
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`The node ended with ${code ?? signal}.`);
}

test(`[W1][W3][W4] kill -9 at ${KILLS === 'all' ? 'each' : KILLS} of its statements: each event has its effect once, in order`, async () => {
  const seed = runSeed();
  const random = seeded(seed);
  await using one = await deskWithEffects();
  const { desk, db } = one;
  await runNode(desk.databaseUrl, 0, 'before');
  const codes = ['A1', 'P1', 'X1', 'A2', 'P2', 'X2', 'A3'];
  let round = 0;
  const expected: unknown[] = [];
  const add = async (): Promise<void> => {
    for (const code of codes.map((name) => `${name}-${round}`)) {
      await addZone(desk, code);
      if (code.startsWith('X')) continue;
      const parts = code.startsWith('P') ? PARTS : 0;
      for (let part = 0; part <= parts; part += 1)
        expected.push({ follower: 'watcher', subject: code, part });
    }
    round += 1;
  };
  // About as many as one node sends for all of it; which are between it takes what is left.
  const all = Array.from({ length: 110 }, (_, i) => i + 1);
  const some = Array.from({ length: Number(KILLS) || 0 }, () => between(random, 1, all.length));
  for (const killAt of KILLS === 'all' ? all : some) {
    await add();
    await runNode(desk.databaseUrl, killAt, random() < 0.5 ? 'before' : 'after');
  }
  await runNode(desk.databaseUrl, 0, 'before');

  expect(await effectsOf(db, 'watcher'), `seed ${seed}`).toEqual(expected);
  const parked = await db.parkedEvent.findMany({ orderBy: { seq: 'asc' } });
  expect(parked, `seed ${seed}`).toHaveLength(2 * round);
}, 1_800_000);
