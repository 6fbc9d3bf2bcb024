import type { Signal } from '@almenara/events';
import { expect, test } from 'vitest';
import { FanOut } from '../flow/fan-out.ts';
import { Signals } from './signals.ts';
import type { DeskNamespace } from './types.ts';

const AT = '2026-01-01T00:00:00.000Z';
const came = (userId: string) => ({
  type: 'user_connected' as const,
  data: { userId, name: userId },
  at: AT,
});
const left = (userId: string) => ({
  type: 'user_disconnected' as const,
  data: { userId, name: userId },
  at: AT,
});
const looking = (orderId: string, ...users: string[]): Signal => ({
  type: 'viewing',
  data: { orderId, users: users.map((userId) => ({ userId, name: userId })) },
  at: AT,
});

/** A desk with connections that poll, so that what each is told can be read. */
function setup(...ids: string[]) {
  const flushes: (() => void)[] = [];
  const told = new Map(ids.map((id) => [id, [] as string[]]));
  const sockets = new Map(
    ids.map((id) => [
      id,
      { conn: { id, transport: { name: 'polling' }, write: (text: string) => told.get(id)?.push(text) } },
    ]),
  );
  const namespace = { name: '/desk', sockets } as unknown as DeskNamespace;
  const fanOut = new FanOut({ now: () => 0, soon: (flush) => flushes.push(flush), after: () => {} });
  const signals = new Signals(namespace, fanOut);
  const connection = (id: string) => sockets.get(id)?.conn as never;
  const heard = (id: string) =>
    (told.get(id) ?? []).map((text) => {
      const [, { type, data }] = JSON.parse(text.slice(text.indexOf('[')));
      const users = (data.users ?? [data]).map(({ userId }: { userId: string }) => userId);
      return [type, data.orderId, ...users].filter(Boolean).join(' ');
    });
  const flush = () => {
    for (const one of flushes.splice(0)) one();
  };
  return { signals, heard, flush, connection };
}

test('those who come together are told of each other in one turn, and nobody of themselves', () => {
  const { signals, heard, flush } = setup('a', 'b', 'c');
  signals.tell(came('ada'), 'a');
  signals.tell(came('ben'), 'b');
  expect(heard('c')).toEqual([]);
  flush();
  expect(heard('a')).toEqual(['user_connected ben']);
  expect(heard('b')).toEqual(['user_connected ada']);
  expect(heard('c')).toEqual(['user_connected ada', 'user_connected ben']);
});

test('who left before anybody was told that they came is not spoken of', () => {
  const { signals, heard, flush } = setup('c');
  signals.tell(came('ada'), 'a');
  signals.tell(came('ben'), 'b');
  signals.tell(left('ada'), 'a');
  flush();
  expect(heard('c')).toEqual(['user_connected ben']);
  signals.tell(left('ben'), 'b');
  signals.tell(came('ben'), 'b2');
  flush();
  expect(heard('c').slice(1)).toEqual(['user_disconnected ben', 'user_connected ben']);
});

test('of who looks at an order the latest is told, once, also to them', () => {
  const { signals, heard, flush } = setup('a', 'c');
  let users = ['ada'];
  signals.tellLatest('o1', () => looking('o1', ...users));
  signals.tellLatest('o2', () => looking('o2', 'ben'));
  users = ['ada', 'ben'];
  signals.tellLatest('o1', () => looking('o1', ...users));
  flush();
  expect(heard('c')).toEqual(['viewing o1 ada ben', 'viewing o2 ben']);
  expect(heard('a')).toEqual(heard('c'));
});

test('newcomers of one turn are told what is true then, behind what was said before', () => {
  const { signals, heard, flush, connection } = setup('a', 'b', 'c');
  let made = 0;
  const make = (): Signal[] => {
    made += 1;
    return [looking('o1', 'ada'), looking('o2', 'ben')];
  };
  signals.tell(came('ben'), 'b');
  signals.welcome(connection('a'), make);
  signals.welcome(connection('b'), make);
  flush();
  flush();
  expect(made).toBe(1);
  expect(heard('a')).toEqual(['user_connected ben', 'viewing o1 ada', 'viewing o2 ben']);
  expect(heard('b')).toEqual(['viewing o1 ada', 'viewing o2 ben']);
  expect(heard('c')).toEqual(['user_connected ben']);
});
