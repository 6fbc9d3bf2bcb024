import { randomUUID } from 'node:crypto';
import { parseTopic, topicName } from '@almenara/events';
import { expect, test } from 'vitest';
import { sqlWithin } from '../src/database/sql.ts';
import { append } from '../src/log/record.ts';
import { testApp } from './app.ts';
import { allEvents } from './topics.ts';

const TRIALS = Number(process.env.COMMIT_TRIALS ?? 1000);

test(`[L1] of two transactions that would commit in reverse order of their start, no reader skips one (${TRIALS} trials)`, async () => {
  await using desk = await testApp({ config: { DATABASE_WRITERS: 8 } });
  const zones = topicName('zones');
  const parsed = parseTopic(zones);
  if (!parsed) throw new Error('zones is a topic');
  const { app } = desk;

  const event = (n: number) => ({
    id: randomUUID(),
    topic: zones,
    type: 'zone_created' as const,
    data: {
      zone: {
        id: randomUUID(),
        code: `Z${n}`,
        name: 'Z',
        version: 1,
        createdAt: new Date(0).toISOString(),
        updatedAt: new Date(0).toISOString(),
      },
    },
  });
  const command = (n: number) => ({
    owner: 'nobody',
    commandId: randomUUID(),
    userId: null,
    origin: 'system' as const,
    at: new Date(0),
    recorded: [event(n)],
    outcome: { ok: true },
  });
  /** Starts, does some work, appends and commits; `hold` says for how many turns it dawdles at each point. */
  const transaction = (n: number, before: number, after: number) =>
    app.database.writer.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_current_xact_id()`;
      for (let i = 0; i < before; i += 1) await tx.$executeRaw`SELECT 1`;
      await append(sqlWithin(tx), [command(n)]);
      for (let i = 0; i < after; i += 1) await tx.$executeRaw`SELECT 1`;
    });

  let writing = true;
  const seen: number[] = [];
  const reader = (async () => {
    const { epoch } = await app.reader.position(zones);
    while (writing || seen.length < TRIALS * 2) {
      const past = await app.reader.since(parsed, { epoch, seq: seen.at(-1) ?? 0 });
      if (past.kind === 'delta') seen.push(...past.events.map(({ seq }) => seq));
    }
  })();
  for (let trial = 0; trial < TRIALS; trial += 4) {
    await Promise.all(
      [0, 1, 2, 3].flatMap((k) => [
        // The first to start lingers before its append, the second after it.
        transaction(2 * (trial + k), 2, 0),
        transaction(2 * (trial + k) + 1, 0, k % 2),
      ]),
    );
  }
  writing = false;
  await reader;

  expect(seen).toEqual(Array.from({ length: TRIALS * 2 }, (_, i) => i + 1));
  expect(await allEvents(app, zones)).toHaveLength(TRIALS * 2);
}, 120_000);
