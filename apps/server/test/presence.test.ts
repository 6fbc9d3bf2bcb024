import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { FakeClock } from '../src/fake-clock.ts';
import { type TestApp, testApp } from './app.ts';
import { type RawSocket, rawSocket } from './socket.ts';

// biome-ignore lint/suspicious/noExplicitAny: an outside program takes signals as they come.
type Heard = any;

const at = (desk: TestApp, role: keyof TestApp['users']): Promise<RawSocket> =>
  rawSocket(desk.url, { token: desk.users[role].token });

const last = (signals: readonly Heard[], type: string): Heard =>
  signals.filter((one) => one.type === type).at(-1)?.data;
const viewing = (raw: RawSocket, data: object) => raw.ask('signal', { type: 'viewing', data });

test('a newcomer is told who is there, and who looks at what, without anybody saying it again', async () => {
  await using desk = await testApp();
  const { admin, operator } = desk.users;
  const orderId = randomUUID();
  await using ada = await at(desk, 'admin');
  await viewing(ada, { orderId, field: 'notes' });
  await expect.poll(() => last(ada.signals, 'viewing')).toMatchObject({ users: [{ userId: admin.id }] });

  await using otto = await at(desk, 'operator');
  await expect
    .poll(() => last(otto.signals, 'viewing'))
    .toEqual({
      orderId,
      field: 'notes',
      users: [{ userId: admin.id, name: 'The admin' }],
    });
  expect(otto.signals[0]?.type).toBe('presence');
  expect(last(otto.signals, 'presence').users).toMatchObject([
    { userId: admin.id, state: 'online' },
    { userId: operator.id, state: 'online' },
  ]);
  expect(Date.parse(last(otto.signals, 'presence').users[0].since)).toBeLessThanOrEqual(Date.now());
  expect(ada.signals.filter(({ type }) => type === 'presence')).toHaveLength(1);
});

test('the list of who looks at an order is whole and the server’s: who leaves it, is gone or has fallen silent is not on it', async () => {
  const clock = new (class extends FakeClock {
    override now = (): Date => new Date(Date.parse('2026-01-01T00:00:00Z') + super.now().getTime());
  })();
  await using desk = await testApp({ clock });
  const { admin, operator, viewer } = desk.users;
  const orderId = randomUUID();
  await using ada = await at(desk, 'admin');
  const users = () => last(ada.signals, 'viewing')?.users.map(({ userId }: Heard) => userId);
  const otto = await at(desk, 'operator');
  const tab = await at(desk, 'operator');
  await using vera = await at(desk, 'viewer');
  await viewing(otto, { orderId });
  await viewing(tab, { orderId });
  await viewing(vera, { orderId });
  await expect.poll(users).toEqual([operator.id, viewer.id]);

  // Still there, over the other tab; and in one place more.
  await viewing(otto, { orderId, left: true });
  await viewing(ada, { orderId });
  await expect.poll(users).toEqual([operator.id, viewer.id, admin.id]);
  await viewing(vera, { orderId: null });
  await expect.poll(users).toEqual([operator.id, admin.id]);
  tab.close();
  await expect.poll(users).toEqual([admin.id]);
  clock.advance(44_000);
  await viewing(ada, { orderId });
  await viewing(otto, { orderId });
  await expect.poll(users).toEqual([admin.id, operator.id]);
  clock.advance(40_000);
  await viewing(ada, { orderId });
  clock.advance(6_000);
  await expect.poll(users).toEqual([admin.id]);
  otto.close();
});

test('[F1] one connection is at so many places and no more', async () => {
  await using desk = await testApp();
  await using ada = await at(desk, 'admin');
  const answers: Heard[] = [];
  for (let n = 0; n < 60; n += 1) answers.push(await viewing(ada, { orderId: randomUUID() }));
  const refused = answers.filter(({ ok }) => !ok);
  expect(refused.length).toBeGreaterThanOrEqual(10);
  expect(['too_large', 'rate_limited']).toContain(refused[0]?.error.code);
});
