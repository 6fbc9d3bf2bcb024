import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { testApp } from './app.ts';
import { rawSocket } from './socket.ts';
import { expectFoldsToEqualTables } from './topics.ts';

test('[L4] the topic `people` tells of every change of an account, whoever writes it, and of nothing else', async () => {
  await using desk = await testApp();
  const { admin, operator, viewer } = desk.users;
  await using raw = await rawSocket(desk.url, { token: viewer.token });
  const { topics } = (await raw.ask('subscribe', { topics: [{ topic: 'people' }] })).data;
  expect(topics[0].snapshot.people).toMatchObject([
    { id: admin.id, name: 'The admin', role: 'admin', active: true },
    { id: operator.id, role: 'operator' },
    { id: viewer.id, role: 'viewer' },
  ]);

  // As the desk does it, as a tool on the database does it, and what nobody is told of.
  await desk.http('admin', 'PATCH', `/api/people/${operator.id}`, { role: 'viewer' });
  await desk.http('admin', 'PATCH', `/api/people/${operator.id}`, { active: false });
  const db = desk.app.database.accounts;
  const newcomer = randomUUID();
  await db.user.create({ data: { id: newcomer, name: 'Ada', email: 'ada@test.test', role: 'none of ours' } });
  await db.user.update({ where: { id: newcomer }, data: { lastSeenAt: new Date(), banReason: 'x' } });
  await db.user.update({ where: { id: newcomer }, data: { name: 'Ada' } });
  await db.user.delete({ where: { id: newcomer } });

  const told = () =>
    raw.events.map(({ type, data }) => [type, data.person?.role ?? data.userId, data.person?.active]);
  await expect.poll(told).toEqual([
    ['person_changed', 'viewer', true],
    ['person_changed', 'viewer', false],
    ['person_added', 'viewer', true],
    ['person_removed', newcomer, undefined],
  ]);
  await expectFoldsToEqualTables(desk.app);
  expect(await desk.brokenInvariants()).toEqual([]);
});
