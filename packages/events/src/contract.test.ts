import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  AuthSuccess,
  CatchUpRequest,
  CommandRequest,
  Cursor,
  commandNames,
  commands,
  ERROR_STATUS,
  ErrorCode,
  events,
  eventTypes,
  Failure,
  Handshake,
  PROTOCOL,
  parseTopic,
  queries,
  queryNames,
  type RouteDefinition,
  routeLine,
  routeNames,
  routes,
  type SignalDefinition,
  SignalRequest,
  SubscribeRequest,
  signals,
  topicKeys,
  topicName,
  topicSchemas,
  topics,
  UnsubscribeRequest,
} from './index.ts';

const routeOf = (name: (typeof routeNames)[number]): RouteDefinition => routes[name];

const schema = (type: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(type, { io, unrepresentable: 'any', target: 'draft-2020-12' });

/** Everything that a program on the other end of the wire can tell apart. */
function wire(): unknown {
  return {
    protocol: PROTOCOL,
    errors: ERROR_STATUS,
    events: eventTypes.map((type) => [type, schema(events[type].data, 'output')]),
    commands: commandNames.map((name) => {
      const { input, output, roles, errors, http } = commands[name];
      return [name, schema(input, 'input'), schema(output, 'output'), roles, errors, http];
    }),
    queries: queryNames.map((name) => {
      const { params, result, roles, path } = queries[name];
      return [name, schema(params, 'input'), schema(result, 'output'), roles, path];
    }),
    routes: routeNames.map((name) => {
      const { method, path, access, params, query, body, result, answers, status, errors } = routeOf(name);
      const sent = [params, query, body].map((part) => part && schema(part, 'input'));
      return [method, path, access, sent, result && schema(result, 'output'), answers, status, errors];
    }),
    topics: topicKeys.map((key) => {
      const { pattern, namespace, access } = topics[key];
      const { snapshot, events: listed } = topicSchemas[key];
      return [key, pattern, namespace, access, schema(snapshot, 'output'), listed.map((event) => event.type)];
    }),
    signals: Object.entries<SignalDefinition>(signals).map(([type, signal]) => [
      type,
      signal.from,
      schema(signal.data, 'output'),
      signal.from === 'client' ? schema(signal.told, 'output') : null,
    ]),
    packets: [
      Handshake,
      AuthSuccess,
      Cursor,
      SubscribeRequest,
      UnsubscribeRequest,
      CatchUpRequest,
      CommandRequest,
      SignalRequest,
      Failure,
    ].map((packet) => schema(packet, 'input')),
  };
}

/**
 * Outside programs rely on the wire. When this fails the wire has changed: decide whether an old client still
 * understands a new server (then put the new hash here) or not (then raise PROTOCOL as well).
 */
const WIRE = '1:818fb6406e80c62c';

test('the wire has not changed by accident', () => {
  const hash = createHash('sha256').update(JSON.stringify(wire())).digest('hex').slice(0, 16);
  expect(`${PROTOCOL}:${hash}`).toBe(WIRE);
});

test('every name on the wire is snake_case, and every field camelCase', () => {
  for (const name of [...eventTypes, ...commandNames, ...queryNames, ...routeNames])
    expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
  for (const name of commandNames) {
    const { properties } = schema(commands[name].input, 'input');
    for (const field of Object.keys(properties ?? {})) expect(field).toMatch(/^[a-z]+([A-Z][a-z]+)*$/);
  }
});

test('every definition is listed under its own name, and no route is taken twice', () => {
  for (const name of commandNames) expect(commands[name].name).toBe(name);
  for (const name of queryNames) expect(queries[name].name).toBe(name);
  for (const name of routeNames) expect(routes[name].name).toBe(name);
  for (const type of eventTypes) expect(events[type].type).toBe(type);
  const names = [...commandNames, ...queryNames, ...routeNames];
  expect(new Set<string>(names).size).toBe(names.length);
  const lines = [
    ...commandNames.map((name) => routeLine(commands[name].http)),
    ...queryNames.map((name) => routeLine({ method: 'GET', path: queries[name].path })),
    ...routeNames.map((name) => routeLine(routes[name])),
  ].map((line) => line.replaceAll(/\{\w+\}/g, '{}'));
  expect(new Set(lines).size).toBe(lines.length);
});

test('the parameters of a command’s path are fields of its input', () => {
  for (const name of commandNames) {
    const { properties } = schema(commands[name].input, 'input');
    for (const [, param = ''] of commands[name].http.path.matchAll(/\{(\w+)\}/g)) {
      expect(Object.keys(properties ?? {}), name).toContain(param);
    }
  }
});

test('the parameters of a query’s path are fields of its parameters, and those of a route’s path are all that it has', () => {
  const namesIn = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, param = '']) => param);
  for (const name of queryNames) {
    const { properties } = schema(queries[name].params, 'input');
    for (const param of namesIn(queries[name].path))
      expect(Object.keys(properties ?? {}), name).toContain(param);
  }
  for (const name of routeNames) {
    const { path, params } = routeOf(name);
    const { properties } = params ? schema(params, 'input') : {};
    expect(Object.keys(properties ?? {}), name).toEqual(namesIn(path));
  }
});

test('the error codes and their statuses are the same set', () => {
  expect(Object.keys(ERROR_STATUS)).toEqual(ErrorCode.options);
});

test('each event belongs to a topic, and no two topics share one', () => {
  const listed = topicKeys.flatMap((key) => topicSchemas[key].events.map((event) => event.type));
  expect(listed.toSorted()).toEqual(eventTypes.toSorted());
});

test('a topic’s name is parsed back to what it was made of, and nothing else is a name', () => {
  expect(parseTopic('inventory:A1')).toEqual({
    key: 'inventory',
    name: 'inventory:A1',
    params: { zone: 'A1' },
  });
  expect(parseTopic(topicName('user', { id: 'u-1' }))?.params).toEqual({ id: 'u-1' });
  for (const name of [
    '',
    'order',
    'orders ',
    'orders:1',
    'inventory',
    'inventory:',
    'inventory:A 1',
    'inventory:A1:B2',
    'user:../x',
    '__proto__',
  ]) {
    expect(parseTopic(name), name).toBeNull();
  }
  expect(() => topicName('inventory', { zone: 'no spaces' })).toThrow(TypeError);
});

test('strings are bounded wherever a command takes one', () => {
  const unbounded: string[] = [];
  const walk = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, maxLength, format, pattern, enum: choices, maxItems } = node as Record<string, unknown>;
    if (type === 'string' && maxLength === undefined && !choices && format !== 'uuid' && !pattern)
      unbounded.push(path);
    if (type === 'array' && maxItems === undefined) unbounded.push(path);
    for (const [key, child] of Object.entries(node)) walk(child, `${path}.${key}`);
  };
  for (const name of commandNames) {
    const { properties } = schema(commands[name].input, 'input');
    walk(properties, name);
  }
  expect(unbounded).toEqual([]);
});
