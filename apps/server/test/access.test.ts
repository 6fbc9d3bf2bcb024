import { randomUUID } from 'node:crypto';
import {
  ALL_ROLES,
  betterAuthRoutes,
  commandNames,
  commands,
  type QueryName,
  queries,
  queryNames,
  type Role,
  type RouteDefinition,
  type RouteName,
  routeLine,
  routeNames,
  routes,
  topicKeys,
  topicName,
  topics,
} from '@almenara/events';
import { expect, test } from 'vitest';
import { stockedDesk, testApp } from './app.ts';
import { rawSocket } from './socket.ts';

test('[A1] every command, query, route and topic has an access rule that lets somebody in', () => {
  for (const name of commandNames) expect(commands[name].roles.length, name).toBeGreaterThan(0);
  for (const name of queryNames) expect(queries[name].roles.length, name).toBeGreaterThan(0);
  for (const name of routeNames) expect(routes[name].access.length, name).toBeGreaterThan(0);
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
  const asked = [
    ...queryNames.map((name) => ({
      path: queries[name].path.replace(/\{\w+\}/g, randomUUID()) + (ASKED[name] ?? ''),
      roles: queries[name].roles,
    })),
    ...topicKeys
      .filter((key) => topics[key].access.self === undefined)
      .map((key) => ({
        // A topic of other parameters says here what one of it is called, or nobody would ask for any.
        path: `/api/topics/${topicName(key, { zone })}/events`,
        roles: topics[key].access.roles,
      })),
  ];
  for (const { path, roles } of asked) {
    expect((await desk.http(null, 'GET', path)).status, path).toBe(401);
    for (const role of ALL_ROLES) {
      const { status } = await desk.http(role, 'GET', path);
      expect(roles.includes(role) ? [200, 404] : [403], `${role} ${path}`).toContain(status);
    }
  }
});

/** What takes more than an id of nothing to be let in. */
const NAMED: { readonly [N in RouteName]?: string } = {
  export_list: '/api/export/orders.csv',
  read_events: '/api/topics/orders/events',
  read_snapshot: '/api/topics/orders/snapshot',
};

test('[A1] every other route answers each role, and nobody, as its rule says', async () => {
  await using desk = await testApp();
  await stockedDesk(desk);
  /** Nothing that is sent is valid, and nothing is there of that id: whoever is let in hears that at most. */
  const answerOf = async (role: Role | null, name: RouteName): Promise<{ status: number; type: string }> => {
    const { method, path } = routes[name];
    const response = await fetch(desk.url + (NAMED[name] ?? path.replace(/\{\w+\}/g, randomUUID())), {
      method,
      headers: {
        'content-type': 'application/json',
        ...(role && { authorization: `Bearer ${desk.users[role].token}` }),
      },
      ...(method !== 'GET' && { body: '{"nonsense":true}' }),
    });
    await response.body?.cancel();
    return { status: response.status, type: response.headers.get('content-type') ?? '' };
  };
  const isIn = (access: RouteDefinition['access'], role: Role | null): boolean =>
    access === 'anyone' || (role !== null && (access === 'signed in' || access.includes(role)));

  for (const role of [null, ...ALL_ROLES]) {
    // Whoever has signed out is nobody.
    for (const name of [...routeNames.filter((one) => one !== 'sign_out'), 'sign_out' as const]) {
      const what = `${role ?? 'nobody'} ${routeLine(routes[name])}`;
      const { status, type } = await answerOf(role, name);
      if (!isIn(routes[name].access, role)) expect(status, what).toBe(role === null ? 401 : 403);
      else expect([200, 201, 202, 400, 404, 409], what).toContain(status);
      if (status >= 400) expect(type, what).toContain('application/problem+json');
    }
  }
});

test('[A1] of better-auth every path that the contract names is open, letter by letter, and no other', async () => {
  await using desk = await testApp();
  const isUnknown = async (method: string, path: string): Promise<boolean> => {
    const { body } = await desk.http('viewer', method, path, method === 'GET' ? undefined : {});
    return body?.code === 'not_found' && body.detail === `There is no ${method} ${path}.`;
  };
  for (const { method, path } of Object.values(betterAuthRoutes)) {
    for (const other of [path.toUpperCase().replace('/API', '/api'), `${path}/`, `${path}/x`])
      expect(await isUnknown(method, other), other).toBe(true);
    expect(await isUnknown('PUT', path), path).toBe(true);
    expect(await isUnknown(method, path), path).toBe(false);
  }
  // What it has for administrators has nothing for anybody else to find.
  const made = await desk.http('operator', 'POST', '/api/auth/admin/create-user', {});
  expect(made.status).toBe(403);
  for (const path of ['/api/auth/reset-password', '/api/auth/change-email', '/api/auth/delete-user'])
    expect(await isUnknown('POST', path), path).toBe(true);
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
