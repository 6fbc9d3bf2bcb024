import { expect, test } from 'vitest';
import type { Target } from '../src/realtime/reach.ts';
import { stockedDesk, testApp } from './app.ts';
import { rawSocket } from './socket.ts';

test('one call reaches a connection, a user, a room, all, or all but one', async () => {
  await using desk = await testApp();
  await stockedDesk(desk, { products: 0 });
  await using tab = await rawSocket(desk.url, { token: desk.users.operator.token });
  await using otherTab = await rawSocket(desk.url, { token: desk.users.operator.token });
  await using viewer = await rawSocket(desk.url, { token: desk.users.viewer.token });
  await viewer.ask('subscribe', { topics: [{ topic: 'zones' }] });
  const heard: string[] = [];
  for (const [name, { socket }] of Object.entries({ tab, otherTab, viewer })) {
    socket.on('heads', ({ epoch }: { epoch: string }) => heard.push(`${epoch} ${name}`));
  }

  const targets: Record<string, Target> = {
    connection: { connection: tab.hello.connectionId },
    user: { user: desk.users.operator.id },
    room: { room: 'zones' },
    all: 'all',
    allBut: { allBut: tab.hello.connectionId },
  };
  for (const [name, target] of Object.entries(targets)) {
    desk.app.realtime.reach.send('/desk', target, 'heads', { epoch: name, heads: {} });
  }

  await expect.poll(() => heard.length).toBe(9);
  expect(heard.toSorted()).toEqual([
    'all otherTab',
    'all tab',
    'all viewer',
    'allBut otherTab',
    'allBut viewer',
    'connection tab',
    'room viewer',
    'user otherTab',
    'user tab',
  ]);
});
