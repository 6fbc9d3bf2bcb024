import { randomUUID } from 'node:crypto';
import {
  ALL_ROLES,
  commandNames,
  commands,
  type QueryName,
  queries,
  queryNames,
  topicKeys,
  topics,
} from '@almenara/events';
import { expect, test } from 'vitest';
import { stockedDesk, testApp } from './app.ts';
import { rawSocket } from './socket.ts';

test('[A1] every command, query and topic has an access rule that lets somebody in', () => {
  for (const name of commandNames) expect(commands[name].roles.length, name).toBeGreaterThan(0);
  for (const name of queryNames) expect(queries[name].roles.length, name).toBeGreaterThan(0);
  for (const key of topicKeys) expect(topics[key].access.roles.length, key).toBeGreaterThan(0);
});

test('[A1] every command answers each role as its rule says, over sockets and HTTP', async () => {
  await using desk = await testApp();
  for (const role of ALL_ROLES) {
    await using raw = await rawSocket(desk.url, { token: desk.users[role].token });
    for (const name of commandNames) {
      const { roles, http } = commands[name];
      const allowed = roles.includes(role);
      // Nothing of it is valid: whoever is let in hears that, everybody else that they may not.
      const ack = await raw.command(name, { nonsense: true });
      expect(ack.error.code, `${role} ${name}`).toBe(allowed ? 'invalid' : 'forbidden');
      const path = http.path.replace(/\{\w+\}/g, randomUUID());
      const answer = await desk.http(role, http.method, path, { nonsense: true });
      expect(answer.status, `${role} ${http.method} ${path}`).toBe(allowed ? 400 : 403);
    }
  }
  for (const name of commandNames) {
    const { http } = commands[name];
    const path = http.path.replace(/\{\w+\}/g, randomUUID());
    expect((await desk.http(null, http.method, path, {})).status, name).toBe(401);
  }
});

/** What a query cannot do without. */
const ASKED: { readonly [N in QueryName]?: string } = {
  get_desk_figures: '?from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z',
};

test('[A1] every query and topic answers each role as its rule says', async () => {
  await using desk = await testApp();
  const { zone } = await stockedDesk(desk);
  const routes = [
    ...queryNames.map((name) => queries[name].path.replace(/\{\w+\}/g, randomUUID()) + (ASKED[name] ?? '')),
    ...topicKeys
      .filter((key) => topics[key].access.self === undefined)
      .map((key) => `/api/topics/${topics[key].pattern.replace('{zone}', zone)}/events`),
  ];
  for (const path of routes) {
    expect((await desk.http(null, 'GET', path)).status, path).toBe(401);
    for (const role of ALL_ROLES)
      expect([200, 404], `${role} ${path}`).toContain((await desk.http(role, 'GET', path)).status);
  }
  for (const [method, path] of [
    ['GET', '/api/keys'],
    ['POST', '/api/keys'],
    ['DELETE', '/api/keys/x'],
  ] as const) {
    for (const role of ['operator', 'viewer'] as const) {
      expect((await desk.http(role, method, path)).status, `${role} ${path}`).toBe(403);
    }
  }
});

test('[A1] a topic belongs to one namespace', async () => {
  await using desk = await testApp();
  await using desks = await rawSocket(desk.url, { token: desk.users.admin.token });
  await using notes = await rawSocket(
    desk.url,
    { token: desk.users.admin.token },
    { namespace: '/notifications' },
  );
  const own = `user:${desk.users.admin.id}`;
  const kinds = async (raw: typeof desks) =>
    (await raw.ask('subscribe', { topics: [{ topic: 'orders' }, { topic: own }] })).data.topics.map(
      (row: { kind: string }) => row.kind,
    );
  expect(await kinds(desks)).toEqual(['reset', 'refused']);
  expect(await kinds(notes)).toEqual(['refused', 'reset']);
  expect(await notes.command('create_client', { name: 'x' })).toMatchObject({ ok: false });
});
