import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DatabaseAway } from './away.ts';
import { DatabaseHealth } from './health.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A database that a test makes answer, refuse or say nothing. */
class Database {
  mood: 'answers' | 'refuses' | 'is silent' = 'answers';
  readonly asked: { fresh: boolean }[] = [];

  async ask(withinMs: number, fresh: boolean): Promise<void> {
    this.asked.push({ fresh });
    if (this.mood === 'answers') return;
    if (this.mood === 'refuses') throw new Error('connection refused');
    await new Promise((_, reject) => setTimeout(() => reject(new DatabaseAway('no answer')), withinMs));
  }
  close(): void {}
}

function watched(): { database: Database; health: DatabaseHealth; told: string[]; cuts: number[] } {
  const database = new Database();
  const told: string[] = [];
  const cuts: number[] = [];
  const health = new DatabaseHealth(database, {
    away: (reason) => told.push(`away: ${reason}`),
    back: (ms) => told.push(`back after ${ms}`),
  });
  health.onAway(() => cuts.push(performance.now()));
  health.start();
  return { database, health, told, cuts };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('a database that freezes is away within four seconds, and told of once; so is its return', async () => {
  const { database, health, told, cuts } = watched();
  await pass(2100);
  expect(health.isDoubtful).toBe(false);
  database.mood = 'is silent';
  await pass(4000);
  expect(health.isAway).toBe(true);
  await pass(60_000);
  expect(told).toEqual(['away: no answer']);
  expect(cuts).toHaveLength(1);
  database.mood = 'answers';
  await pass(4000);
  expect(health.isAway).toBe(false);
  expect(told).toHaveLength(2);
  expect(told[1]).toMatch(/^back after 6\d\d\d\d$/);
  health.close();
});

test('a lost connection is looked into at once, over a new one', async () => {
  const { database, health, told } = watched();
  health.doubt();
  expect(health.isDoubtful).toBe(true);
  await pass(0);
  expect(health.isDoubtful).toBe(false);
  expect(database.asked).toEqual([{ fresh: true }]);
  database.mood = 'refuses';
  health.doubt();
  expect(await health.explains()).toBe(true);
  expect(told).toEqual(['away: connection refused']);
  health.close();
});

test('a fault is explained while the database is away and for a moment after; one without cause is not', async () => {
  const { database, health } = watched();
  health.doubt();
  expect(await health.explains()).toBe(false);
  database.mood = 'refuses';
  health.doubt();
  await pass(0);
  database.mood = 'answers';
  await pass(300);
  expect(health.isAway).toBe(false);
  expect(await health.explains()).toBe(true);
  await pass(6000);
  expect(await health.explains()).toBe(false);
  // It was started anew between two questions.
  health.refused();
  expect(await health.explains()).toBe(true);
  health.close();
});

test('readiness has its answer in time, also of a database that says nothing', async () => {
  const { database, health } = watched();
  expect(await health.answers(1500)).toBe(true);
  database.mood = 'is silent';
  const asked = health.answers(1500);
  await pass(1500);
  expect(await asked).toBe(false);
  await pass(4000);
  expect(await health.answers(1500)).toBe(false);
  health.close();
});

test('an answer that may come of a lost connection does not count', async () => {
  const { health } = watched();
  const nobody = async () => null;
  const isSomebody = (answer: unknown) => answer !== null;
  expect(await health.sure(nobody, isSomebody)).toBeNull();
  const lost = async () => {
    health.doubt();
    return null;
  };
  await expect(health.sure(lost, isSomebody)).rejects.toBeInstanceOf(DatabaseAway);
  const found = async () => {
    health.doubt();
    return 'Ada';
  };
  expect(await health.sure(found, isSomebody)).toBe('Ada');
  const faulty = async () => {
    health.doubt();
    throw new Error('FAILED_TO_GET_SESSION');
  };
  await expect(health.sure(faulty, isSomebody)).rejects.toBeInstanceOf(DatabaseAway);
  health.close();
});
