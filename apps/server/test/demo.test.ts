import { expect, test } from 'vitest';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, offerDemo } from '../src/demo/demo.ts';
import { testApp } from './app.ts';
import { expectFoldsToEqualTables } from './topics.ts';

test('the demo fills an empty desk through commands, once, and its accounts can sign in', async () => {
  await using desk = await testApp();
  await desk.app.database.accounts.user.deleteMany();
  expect((await desk.http(null, 'GET', '/api/about')).body.demo).toBe(false);
  expect(await offerDemo(desk.app)).toBe(true);
  const heads = await desk.app.database.reader.topic.findMany({ orderBy: { name: 'asc' } });
  expect(await offerDemo(desk.app)).toBe(true);
  expect(await desk.app.database.reader.topic.findMany({ orderBy: { name: 'asc' } })).toEqual(heads);
  expect((await desk.http(null, 'GET', '/api/about')).body.demo).toBe(true);
  for (const { email, role } of DEMO_ACCOUNTS) {
    const signed = await desk.http(null, 'POST', '/api/auth/sign-in/email', {
      email,
      password: DEMO_PASSWORD,
    });
    expect(signed.body.user.role).toBe(role);
  }
  expect(await desk.brokenInvariants()).toEqual([]);
  await expectFoldsToEqualTables(desk.app);
});

test('a desk with accounts of its own is left alone', async () => {
  await using desk = await testApp();
  expect(await offerDemo(desk.app)).toBe(false);
  expect(await desk.app.database.reader.topic.findMany()).toMatchObject([{ name: 'people' }]);
});
