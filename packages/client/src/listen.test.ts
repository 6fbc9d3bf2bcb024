import { expect, test } from 'vitest';
import type { ClientOptions } from './api.ts';
import { answer, delta, desk, reset, run, turn, viewAt } from './testing/desk.ts';

/** The server's answer to who listens from now on. */
const fromNow = (head: number) => ({ topic: 'clients', kind: 'delta', head, events: [], more: false });

/** A client that listens to `clients`, live at event 5. */
async function listening(options: ClientOptions = {}) {
  const told = desk(options);
  const stop = told.client.listen('clients');
  told.client.start();
  const channel = await told.online();
  const subscribe = channel.take('subscribe');
  expect(subscribe.payload).toEqual({ topics: [{ topic: 'clients', news: true }] });
  answer(subscribe, fromNow(5));
  return { ...told, channel, stop };
}

test('who listens hears each event from now on, in order, and no state is loaded', async () => {
  const { channel, seen, timers, client } = await listening();
  channel.say('events', run(6, 7));
  // A hole is asked for, as of a topic that is followed.
  channel.say('events', run(9, 9));
  timers.advance(250);
  const hole = channel.take('catch_up');
  expect(hole.payload).toMatchObject({ topic: 'clients', cursor: { seq: 7 } });
  answer(hole, delta(8, 9));
  expect(seen).toEqual(['reset@5', 6, 7, 8, 9]);
  expect(client.connection.get().kind).toBe('online');
  expect(timers.pending).toBe(0);
});

test('[R1] who listens resumes where it was, however long the topic is', async () => {
  const { channel, seen, timers, online } = await listening({ mostEventsBehind: 3 });
  channel.say('events', run(6, 6));
  channel.drop();
  timers.advance(1000);
  const back = await online();
  const again = back.take('subscribe');
  expect(again.payload).toEqual({
    topics: [{ topic: 'clients', cursor: expect.objectContaining({ seq: 6 }), news: true }],
  });
  answer(again, delta(7, 8));
  expect(seen).toEqual(['reset@5', 6, 7, 8]);
  back.drop();
  timers.advance(5000);
  const late = await online();
  // Too far behind to read it all: it begins anew, and says so.
  answer(late.take('subscribe'), delta(9, 10, 90));
  await turn();
  const anew = late.take('subscribe');
  expect(anew.payload).toEqual({ topics: [{ topic: 'clients', news: true }] });
  answer(anew, fromNow(90));
  expect(seen).toEqual(['reset@5', 6, 7, 8, 'reset@90']);
});

test('[R1] a topic that is followed while somebody listens has one subscription, and nothing is heard twice or missed', async () => {
  const { client, channel, seen, stop } = await listening();
  const clients = client.topic('clients');
  await turn();
  const subscribe = channel.take('subscribe');
  expect(subscribe.payload).toEqual({ topics: [{ topic: 'clients' }] });
  channel.say('events', run(6, 7));
  answer(subscribe, reset(6));
  expect(clients.view.get()).toEqual(viewAt(7));
  expect(seen).toEqual(['reset@5', 'reset@6', 7]);

  // The last who followed leaves: who listens goes on from there.
  clients.close();
  await turn();
  channel.say('events', run(8, 8));
  const on = channel.take('subscribe');
  expect(on.payload).toMatchObject({ topics: [{ topic: 'clients', cursor: { seq: 7 }, news: true }] });
  answer(on, delta(8, 8));
  expect(seen).toEqual(['reset@5', 'reset@6', 7, 8]);

  stop();
  stop();
  await turn();
  expect(channel.take('unsubscribe').payload).toEqual({ topics: ['clients'] });
});

test('a topic stays listened to until the last has stopped', async () => {
  const { client, channel, stop } = await listening();
  const other = client.listen('clients');
  stop();
  await turn();
  expect(channel.requests).toEqual([]);
  other();
  await turn();
  expect(channel.take('unsubscribe').payload).toEqual({ topics: ['clients'] });
});

test('a server of before, which answers with a snapshot, is understood', async () => {
  const { client, online, seen } = desk();
  client.listen('clients');
  client.start();
  const channel = await online();
  answer(channel.take('subscribe'), reset(5));
  channel.say('events', run(6, 6));
  expect(seen).toEqual(['reset@5', 6]);
});

test('[R1] who listens and then follows from what was kept before hears nothing a second time', async () => {
  const kept = { view: viewAt(3), cursor: { epoch: 'E1', seq: 3 } };
  const { client, channel, seen } = await listening({ kept: () => kept });
  channel.say('events', run(6, 7));
  const clients = client.topic('clients');
  await turn();
  const subscribe = channel.take('subscribe');
  expect(subscribe.payload).toMatchObject({ topics: [{ topic: 'clients', cursor: { seq: 3 } }] });
  answer(subscribe, delta(4, 8));
  expect(clients.view.get()).toEqual(viewAt(8));
  expect(seen).toEqual(['reset@5', 6, 7, 8]);
});

test('[R1] who listens and then follows from what another tab has kept since is told that events were passed over', async () => {
  const kept = { view: viewAt(9), cursor: { epoch: 'E1', seq: 9 } };
  const { client, channel, seen } = await listening({ kept: () => kept });
  channel.say('events', run(6, 7));
  client.topic('clients');
  await turn();
  answer(channel.take('subscribe'), delta(10, 10));
  expect(seen).toEqual(['reset@5', 6, 7, 'reset@9', 10]);
});
