import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Stage, setStage } from './desks/stage.ts';
import { connect } from './parts/connect.ts';
import { everyCommand } from './parts/every-command.ts';
import { injected } from './parts/injected.ts';
import { liveAtDesk, liveAtPlain } from './parts/live.ts';
import { place } from './parts/place.ts';
import type { Section } from './parts/section.ts';

// That the benchmark works, on the sources; what it measures here means nothing and is not looked at.

/** It takes seconds; on a machine that is busy with other tests, more. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let stage: Stage;
beforeAll(async () => {
  stage = await setStage('sources', 4);
});
afterAll(() => stage[Symbol.asyncDispose]());

const figures = ({ tables }: Section): string[] =>
  tables.flatMap(({ rows }) => rows.flatMap((cells) => cells.slice(1)));

test('the rates of commands come with their ratio to the bare transaction', async () => {
  const cases = [
    { what: 'place_order', inFlight: 4 },
    { what: 'place_order, one product', inFlight: 1 },
    { what: 'create_client', inFlight: 4 },
  ] as const;
  const section = await place(stage, { cases, rounds: 1, seconds: 0.3 });

  expect(section.tables[0]?.rows).toHaveLength(cases.length);
  expect(figures(section)).not.toContain('not measured');
});

test('every command of a shop’s day can be sent over and over, from several people at once', async () => {
  const section = await everyCommand(stage, { inFlight: 4, seconds: 0.1 });

  expect(section.tables[0]?.rows).toHaveLength(17);
  expect(figures(section)).not.toContain('not measured');
});

test('readers of live orders check every place of every event, at the desk and at the plain server', async () => {
  const load = { readers: 20, rate: 20, seconds: 1 };
  for (const live of [await liveAtDesk(stage, load), await liveAtPlain(stage, load)]) {
    expect(live.offered).toMatchObject({ offered: 20, done: 20, refused: 0 });
    expect(live.missing).toBe(0);
    expect(live.sight).toMatchObject({ deliveries: 400, twice: 0, lost: 0, resets: 0, behind: 0 });
    expect(live.events.total).toBe(400);
  }
});

test('connections come in, come back after a restart and have their memory counted', async () => {
  const plan = { alone: 3, crowded: 10, atOnce: 5, readers: 20, rounds: 1 };
  const section = await connect(stage, plan);

  expect(figures(section)).not.toContain('not measured');
});

test('injected events are measured from inside the server', async () => {
  const section = await injected(stage, { readers: 5, events: 50, rate: 500 });

  expect(figures(section)).not.toContain('not measured');
});
