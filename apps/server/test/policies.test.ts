import { randomUUID } from 'node:crypto';
import { createClient } from '@almenara/client';
import { type EventDefinition, events, topicName, topics } from '@almenara/events';
import { afterAll, expect, test } from 'vitest';
import { assemble, defineFeature } from '../src/commands/feature.ts';
import { features } from '../src/features.ts';
import { type TestApp, testApp } from './app.ts';
import { rawSocket } from './socket.ts';

/**
 * A desk where a zone that is named after a user keeps that user out of `zones`: a topic with members, of which an event
 * takes one away.
 */
const zoneCreated: EventDefinition = events.zone_created;
const removing = { revokes: ({ zone }: { zone: { name: string } }) => [zone.name] };
Object.assign(zoneCreated, removing);
afterAll(() => {
  delete zoneCreated.revokes;
});
const banned = new Set<string>();
const members = defineFeature({
  name: 'members',
  policies: {
    zones: async (db, { userId }) => (await db.zone.count({ where: { name: userId } })) === 0,
    // Not by an event: by what a test says.
    clients: async (_db, { userId }) => !banned.has(userId),
  },
});
const house = assemble([...features, members]);
const zones = { topics: [{ topic: 'zones' }] };

/** Zones of these names, whose events are consecutive. */
const addInOneCommit = (desk: TestApp, names: readonly string[]) =>
  desk.app.bus.runSystem(
    { name: 'test', commandId: randomUUID(), input: {}, origin: 'system' },
    async (tx) => {
      for (const name of names) {
        const at = tx.now.toISOString();
        const zone = { id: randomUUID(), code: 'Z', name, version: 1, createdAt: at, updatedAt: at };
        await tx.db.zone.create({ data: { ...zone, code: name, codeKey: name } });
        tx.record('zone_created', topicName('zones'), { zone });
      }
    },
  );

test('[A1] a policy is asked at every door: subscribe, catch_up, events and snapshots over HTTP', async () => {
  await using desk = await testApp({ house });
  const { operator, viewer } = desk.users;
  await desk.run('create_zone', { code: 'A1', name: operator.id });
  await using out = await rawSocket(desk.url, { token: operator.token });
  await using in_ = await rawSocket(desk.url, { token: viewer.token });

  const refused = (await out.ask('subscribe', zones)).data.topics[0];
  expect(refused).toMatchObject({ kind: 'refused', error: { code: 'forbidden' } });
  const { epoch, topics: rows } = (await in_.ask('subscribe', zones)).data;
  expect(rows[0]).toMatchObject({ kind: 'reset', head: 1 });
  const cursor = { topic: 'zones', cursor: { epoch, seq: 0 } };
  expect((await out.ask('catch_up', cursor)).error.code).toBe('forbidden');
  expect((await in_.ask('catch_up', cursor)).data.events).toHaveLength(1);
  for (const path of [
    '/api/topics/zones/events',
    '/api/topics/zones/snapshot',
    '/api/topics/zones/snapshot?at=0',
  ]) {
    expect((await desk.http('operator', 'GET', path)).status, path).toBe(403);
    expect((await desk.http('viewer', 'GET', path)).status, path).toBe(200);
  }
});

test('[A1] an event that takes the right away ends the subscriptions of that user on every node, before the next event', async () => {
  await using desk = await testApp({ house });
  await using other = await testApp({ house, databaseUrl: desk.databaseUrl });
  const { operator, viewer } = desk.users;
  const sockets = async (token: string) => [
    await rawSocket(desk.url, { token }),
    await rawSocket(other.url, { token }),
  ];
  const [staying, leaving] = [await sockets(viewer.token), await sockets(operator.token)];
  for (const raw of [...staying, ...leaving]) await raw.ask('subscribe', zones);
  await desk.run('create_zone', { code: 'A1', name: 'before' });
  for (const raw of leaving) await expect.poll(() => raw.events.length).toBe(1);
  // In one commit, so that the next event is there when the first one takes the right away.
  await addInOneCommit(desk, [operator.id, 'after']);
  for (const raw of staying) await expect.poll(() => raw.events.length).toBe(3);

  for (const raw of leaving) {
    expect(raw.events.map(({ data }) => data.zone.name)).not.toContain('after');
    expect((await raw.ask('subscribe', zones)).data.topics[0].kind).toBe('refused');
    expect(raw.events.map(({ data }) => data.zone.name)).not.toContain('after');
  }
  for (const raw of [...staying, ...leaving]) raw.close();
});

test('[A1] who may not follow a topic any more, by what no event says, is put out when it is rechecked', async () => {
  await using desk = await testApp({ house });
  const { operator, viewer } = desk.users;
  await using out = await rawSocket(desk.url, { token: operator.token });
  await using in_ = await rawSocket(desk.url, { token: viewer.token });
  const clients = { topics: [{ topic: 'clients' }] };
  for (const raw of [out, in_]) await raw.ask('subscribe', clients);
  await desk.run('create_client', { name: 'Ada' });
  await expect.poll(() => out.events.length).toBe(1);

  banned.add(operator.id);
  await desk.app.bus.runSystem(
    { name: 'test', commandId: randomUUID(), input: {}, origin: 'system' },
    async (tx) => {
      tx.recheckTopic(topicName('clients'));
      await tx.db.$executeRaw`SELECT 1`;
    },
  );
  await desk.run('create_client', { name: 'Ben' });
  await expect.poll(() => in_.events.length).toBe(2);
  expect(out.events).toHaveLength(1);
  banned.clear();
});

test('[A1] an event after which others may have lost the right has all asked again on every node, and the next one waits', async () => {
  Object.assign(zoneCreated, { rechecks: true, revokes: undefined });
  try {
    await using desk = await testApp({ house });
    await using other = await testApp({ house, databaseUrl: desk.databaseUrl });
    const { operator, viewer } = desk.users;
    const nodes = [desk, other];
    const open = (token: string) => Promise.all(nodes.map(({ url }) => rawSocket(url, { token })));
    const [staying, leaving] = [await open(viewer.token), await open(operator.token)];
    for (const raw of [...staying, ...leaving]) await raw.ask('subscribe', zones);
    const heads: unknown[] = [];
    for (const raw of leaving) raw.socket.on('heads', (told) => heads.push(told.heads));
    await addInOneCommit(desk, [operator.id, 'after']);
    for (const raw of staying) await expect.poll(() => raw.events.length).toBe(2);
    for (const raw of leaving) expect(raw.events.map(({ data }) => data.zone.name)).not.toContain('after');
    // Told that there is more, a client asks for it, and learns that it may not.
    await expect.poll(() => heads.length).toBe(2);
    for (const raw of [...staying, ...leaving]) raw.close();
  } finally {
    Object.assign(zoneCreated, { rechecks: undefined, ...removing });
  }
});

test('[A1] our client shows a topic as refused that it may not follow any more', async () => {
  await using desk = await testApp({ house });
  const client = createClient({ url: desk.url, credentials: () => ({ token: desk.users.operator.token }) });
  const handle = client.topic('zones');
  client.start();
  await expect.poll(() => handle.status.get().kind).toBe('live');
  await desk.run('create_zone', { code: 'B1', name: desk.users.operator.id });
  await expect.poll(() => handle.status.get().kind).toBe('refused');
  client.stop();
});

test('[A1] a topic whose access names a policy needs one, or the program does not start', () => {
  const access = topics.views.access as { policy?: string };
  access.policy = 'members';
  try {
    expect(() => assemble([...features])).toThrow('No feature brings the policy of views.');
  } finally {
    delete access.policy;
  }
});
