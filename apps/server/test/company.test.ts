import { expect, test } from 'vitest';
import { testApp } from './app.ts';
import { rawSocket } from './socket.ts';
import { expectFoldsToEqualTables } from './topics.ts';

test('[L3] the company is named once, changed field by field, and everybody who follows it sees the same', async () => {
  await using desk = await testApp();
  await using viewer = await rawSocket(desk.url, { token: desk.users.viewer.token });
  const [row] = (await viewer.ask('subscribe', { topics: [{ topic: 'company' }] })).data.topics;
  expect(row).toMatchObject({ kind: 'reset', snapshot: { company: null } });

  const patch = (body: object) => desk.http('admin', 'PATCH', '/api/company', body);
  expect(await patch({ name: 'Almacenes Sur' })).toMatchObject({
    status: 400,
    body: { code: 'invalid', details: { fields: [{ path: 'currency' }] } },
  });
  expect((await patch({ name: 'Almacenes Sur', currency: 'EUR' })).body.company).toMatchObject({
    name: 'Almacenes Sur',
    currency: 'EUR',
    lateAfterHours: 24,
    version: 1,
  });
  expect((await patch({ expectedVersion: 1, lateAfterHours: 6 })).body.company).toMatchObject({
    name: 'Almacenes Sur',
    lateAfterHours: 6,
    version: 2,
  });
  expect(await patch({ expectedVersion: 1, name: 'Late' })).toMatchObject({
    status: 409,
    body: { code: 'conflict', details: { current: { company: { version: 2 } } } },
  });
  expect((await patch({ lateAfterHours: 721 })).status).toBe(400);
  await expect.poll(() => viewer.events.map(({ data }) => data.company.version)).toEqual([1, 2]);
  await expectFoldsToEqualTables(desk.app);
});

test('two who name the company at once come one after the other', async () => {
  await using desk = await testApp();
  await Promise.all(
    ['One', 'Two', 'Three'].map((name) => desk.run('update_company', { name, currency: 'EUR' })),
  );
  expect(
    (await desk.http('viewer', 'GET', '/api/topics/company/snapshot')).body.snapshot.company.version,
  ).toBe(3);
  await expectFoldsToEqualTables(desk.app);
});
