import {
  betterAuthRoutes,
  commandNames,
  commands,
  queries,
  queryNames,
  routeLine,
  routeNames,
  routes,
} from '@almenara/events';
import type { Router } from 'express';
import { expect, test } from 'vitest';
import { toPattern } from '../src/http/route.ts';
import { type TestApp, testApp } from './app.ts';

type Stack = TestApp['app']['http']['router']['stack'];

/** `GET /api/orders/:orderId` of every route that is registered, in routers within routers too; `ALL` for any method. */
function registered(stack: Stack): string[] {
  return stack.flatMap(({ route, handle }) => {
    if (route) {
      const methods = new Set(route.stack.map(({ method }) => method?.toUpperCase() ?? 'ALL'));
      return [...methods].map((method) => `${method} ${route.path}`);
    }
    return isRouter(handle) ? registered(handle.stack) : [];
  });
}

const isRouter = (handle: unknown): handle is Router => typeof handle === 'function' && 'stack' in handle;

/** Takes what is left over: better-auth behind a list of what is open, what is unknown, and the pages of the web app. */
const REST = ['ALL /api/auth/*rest', 'ALL /api/auth/admin/*rest', 'GET /*path', 'GET /'];

const line = (definition: Parameters<typeof routeLine>[0]): string =>
  routeLine({ ...definition, path: toPattern(definition.path) });

test('[A1] HTTP serves what the contract names, all of it and nothing else', async () => {
  await using desk = await testApp();
  const served = registered(desk.app.http.router.stack).filter((route) => !REST.includes(route));
  const open = new Set(Object.values(betterAuthRoutes).map(line));
  const named = [
    ...commandNames.map((name) => line(commands[name].http)),
    ...queryNames.map((name) => line({ method: 'GET', path: queries[name].path })),
    ...routeNames.map((name) => line(routes[name])),
  ];
  // What is better-auth's goes through its own mount: the access test asks for each.
  expect(served.toSorted()).toEqual(named.filter((route) => !open.has(route)).toSorted());
});
