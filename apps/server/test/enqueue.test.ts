import { randomUUID } from 'node:crypto';
import { topicName } from '@almenara/events';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../src/clock.ts';
import { CommandBus } from '../src/commands/bus.ts';
import { connectDatabase } from '../src/database/client.ts';
import { Refused } from '../src/errors.ts';
import { house } from '../src/features.ts';
import { idMaker } from '../src/ids.ts';
import { defineJob, type JobQueue } from '../src/unit/jobs.ts';
import { testDatabase } from './database.ts';

const sendMail = defineJob('send_mail', z.object({ to: z.string() }));
const unknown = defineJob('unknown', z.object({}));

/** A queue as any is: a table in the same database, and one statement for all that a transaction wants done. */
const tableQueue: JobQueue & { statements: number } = {
  statements: 0,
  has: (name) => name === 'send_mail',
  insert: async (sql, jobs) => {
    tableQueue.statements += 1;
    await sql.rows({ name: 'insert jobs', text: 'INSERT INTO wanted (input) SELECT unnest($1::jsonb[])' }, [
      jobs.map(({ input }) => JSON.stringify(input)),
    ]);
  },
};

async function bench() {
  const own = await testDatabase();
  const database = connectDatabase(own.url, { writers: 2, readers: 2 });
  await database.accounts.$executeRaw`CREATE TABLE wanted (n serial, input jsonb)`;
  const ports = { database, alone: 2, bound: 100, clock: systemClock, newId: idMaker(), random: Math.random };
  const zones = house.commands.create_zone;
  const bus = new CommandBus({
    ...ports,
    handlers: {
      ...house.commands,
      // A decider, so that several of them share a transaction.
      update_client: {
        needs: () => ({}),
        decide: (work, { clientId, name }) => {
          work.enqueue(sendMail, { to: name ?? '' });
          if (name === 'refused') throw new Refused('conflict', 'No.');
          return { client: { id: clientId } } as never;
        },
      },
      create_zone: async (tx, input, actor) => {
        tx.enqueue(sendMail, { to: input.code });
        if (typeof zones !== 'function') throw new Error('It is a handler.');
        return zones(tx, input, actor);
      },
    },
    reactions: [],
    queue: tableQueue,
    committed: () => {},
    recheckTopic: () => {},
    failed: () => {},
  });
  return {
    bus,
    wanted: async () =>
      (
        await database.accounts.$queryRaw<
          { to: string }[]
        >`SELECT input ->> 'to' AS to FROM wanted ORDER BY n`
      ).map(({ to }) => to),
    [Symbol.asyncDispose]: async () => {
      await bus.drain();
      await database.close();
      await own[Symbol.asyncDispose]();
    },
  };
}

const admin = { userId: 'ada', role: 'admin' } as const;
const update = (bus: CommandBus, name: string) =>
  bus.run(admin, 'update_client', { clientId: randomUUID(), expectedVersion: 1, name }, randomUUID());

test('[L4] jobs are stored with the command that wants them: of a refused one there is none', async () => {
  await using desk = await bench();
  expect((await update(desk.bus, 'one')).ok).toBe(true);
  expect((await update(desk.bus, 'refused')).ok).toBe(false);
  expect((await desk.bus.run(admin, 'create_zone', { code: 'A1', name: 'A1' }, randomUUID())).ok).toBe(true);
  expect((await desk.bus.run(admin, 'create_zone', { code: 'A1', name: 'again' }, randomUUID())).ok).toBe(
    false,
  );

  expect(await desk.wanted()).toEqual(['one', 'A1']);
});

test('[C3] commands that share a transaction hand over their jobs in one statement, those of a refused one left out', async () => {
  await using desk = await bench();
  tableQueue.statements = 0;
  const names = ['first', ...Array.from({ length: 20 }, (_, i) => (i % 5 === 0 ? 'refused' : `n${i}`))];
  await Promise.all(names.map((name) => update(desk.bus, name)));

  const left = names.filter((name) => name !== 'refused');
  expect((await desk.wanted()).sort()).toEqual([...left].sort());
  // The first goes at once, the others meet while it is under way.
  expect(tableQueue.statements).toBeLessThan(5);
});

test('a job that nobody takes, or whose input is none of its, fails the command loudly, and nothing of it is done', async () => {
  await using desk = await bench();
  const attempt = (enqueue: (tx: Parameters<Parameters<CommandBus['runFenced']>[1]>[0]) => void) =>
    desk.bus.runFenced({ name: 'test', commandId: randomUUID() }, async (tx) => {
      await tx.db.$executeRaw`INSERT INTO wanted (input) VALUES ('{"to": "half"}')`;
      tx.record('zone_created', topicName('zones'), {
        zone: {
          id: randomUUID(),
          code: 'A1',
          name: 'A1',
          version: 1,
          createdAt: tx.now.toISOString(),
          updatedAt: tx.now.toISOString(),
        },
      });
      enqueue(tx);
    });

  await expect(attempt((tx) => tx.enqueue(unknown, {}))).rejects.toThrow(
    'Nobody takes jobs of the name unknown.',
  );
  await expect(attempt((tx) => tx.enqueue(sendMail, {} as never))).rejects.toThrow('to');
  expect(await desk.wanted()).toEqual([]);
});
