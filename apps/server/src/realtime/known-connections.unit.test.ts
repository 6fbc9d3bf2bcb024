import { expect, test, vi } from 'vitest';
import type { Principal } from '../auth/principal.ts';
import type { Connection } from './engine.ts';
import { KnownConnections } from './known-connections.ts';

const connection = (): Connection => ({}) as Connection;
const principal = (role: Principal['role']): Principal => ({
  userId: 'ada',
  name: 'Ada',
  role,
  via: { kind: 'session', id: 's' },
});

test('namespaces that a connection opens at once cost one look; another credential or connection another', async () => {
  const known = new KnownConnections();
  const look = vi.fn(async () => principal('viewer'));
  const one = connection();
  await Promise.all([
    known.find(one, { token: 'a' }, look),
    known.find(one, { token: 'a' }, look),
    known.find(one, { token: 'b' }, look),
    known.find(connection(), { token: 'a' }, look),
  ]);
  expect(look).toHaveBeenCalledTimes(3);
  await known.find(one, { token: 'a' }, look);
  expect(look).toHaveBeenCalledTimes(3);
});

test('nobody, or a failure, is not kept', async () => {
  const known = new KnownConnections();
  const one = connection();
  const look = vi.fn(async (): Promise<'unauthenticated'> => 'unauthenticated');
  expect(await known.find(one, { token: 'a' }, look)).toBe('unauthenticated');
  await known.find(one, { token: 'a' }, look);
  expect(look).toHaveBeenCalledTimes(2);
  const fail = vi.fn(() => Promise.reject(new Error('gone')));
  await expect(known.find(one, { token: 'c' }, fail)).rejects.toThrow('gone');
  await expect(known.find(one, { token: 'c' }, fail)).rejects.toThrow('gone');
  expect(fail).toHaveBeenCalledTimes(2);
});

test('[A2] where rights change, what is known is looked up anew, and so is what was under way', async () => {
  const known = new KnownConnections();
  const one = connection();
  const roles: Principal['role'][] = ['operator', 'viewer', 'viewer'];
  let release = () => {};
  const underWay = new Promise<void>((resolve) => {
    release = resolve;
  });
  const look = async () => {
    const found = principal(roles.shift() ?? 'admin');
    await underWay;
    return found;
  };
  const found = known.find(one, { token: 'a' }, look);
  known.forget();
  release();
  expect(await found).toMatchObject({ role: 'viewer' });
  known.forget();
  expect(await known.find(one, { token: 'a' }, look)).toMatchObject({ role: 'viewer' });
  expect(roles).toEqual([]);
});
