import type { Signal } from '@almenara/events';
import { expect, test } from 'vitest';
import { FanOut } from '../flow/fan-out.ts';
import { Signals } from './signals.ts';
import type { DeskNamespace } from './types.ts';

const AT = '2026-01-01T00:00:00.000Z';
const came = (userId: string): Signal => ({ type: 'user_connected', data: { userId, name: userId }, at: AT });
const left = (userId: string): Signal => ({
  type: 'user_disconnected',
  data: { userId, name: userId },
  at: AT,
});
const looks = (userId: string, orderId: string): Signal => ({
  type: 'viewing',
  data: { userId, name: userId, orderId },
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
  const heard = (id: string) =>
    (told.get(id) ?? []).map((text) => {
      const [, { type, data }] = JSON.parse(text.slice(text.indexOf('[')));
      return `${type} ${data.userId}${data.orderId ? ` ${data.orderId}` : ''}`;
    });
  const flush = () => {
    for (const one of flushes.splice(0)) one();
  };
  return { signals, heard, flush };
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
  signals.tell(looks('ada', 'o1'), 'a');
  signals.tell(left('ada'), 'a');
  flush();
  expect(heard('c')).toEqual(['user_connected ben']);
  signals.tell(left('ben'), 'b');
  signals.tell(came('ben'), 'b2');
  flush();
  expect(heard('c').slice(1)).toEqual(['user_disconnected ben', 'user_connected ben']);
});

test('of what one connection looks at only the latest is told', () => {
  const { signals, heard, flush } = setup('c');
  signals.tell(looks('ada', 'o1'), 'a');
  signals.tell(looks('ada', 'o2'), 'a2');
  signals.tell(looks('ada', 'o3'), 'a');
  flush();
  expect(heard('c')).toEqual(['viewing ada o2', 'viewing ada o3']);
});
