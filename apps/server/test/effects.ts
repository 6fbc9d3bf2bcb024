import { z } from 'zod';
import { defineFollower, type Follower } from '../src/commands/followers/follower.ts';
import type { CommandTx } from '../src/commands/handler.ts';
import type { Db } from '../src/database/client.ts';

/** What a follower of a test has done: nothing but the follower itself keeps it from being there twice. */
export interface Effect {
  readonly follower: string;
  readonly subject: string;
  readonly part: number;
}

export const createEffects = (db: Db): Promise<unknown> =>
  db.$executeRaw`CREATE TABLE effect (n serial, follower text, subject text, part int)`;

export const effectsOf = (db: Db, follower: string): Promise<Effect[]> =>
  db.$queryRaw`SELECT follower, subject, part FROM effect WHERE follower = ${follower} ORDER BY n`;

export const leave = async ({ db }: CommandTx, { follower, subject, part }: Effect): Promise<void> => {
  await db.$executeRaw`INSERT INTO effect (follower, subject, part) VALUES (${follower}, ${subject}, ${part})`;
};

/** Parts of a zone whose code begins with P. */
export const PARTS = 3;

/**
 * Writes down the code of each new zone. Of one that begins with P in parts, and with one that begins with X it fails
 * for as long as `broken` says so, which is always where it is left out.
 */
export const zoneWatcher = (
  name: string,
  {
    onFailure = 'park',
    broken = () => true,
  }: Partial<Pick<Follower, 'onFailure'>> & { broken?: () => boolean } = {},
) =>
  defineFollower({
    name,
    topics: ['zones'],
    types: ['zone_created'],
    onFailure,
    handle: async (tx, { data: { zone } }) => {
      await leave(tx, { follower: name, subject: zone.code, part: 0 });
      if (zone.code.startsWith('X') && broken()) throw new TypeError(`${zone.code} is too much for it.`);
      return zone.code.startsWith('P')
        ? Array.from({ length: PARTS }, (_, i) => ({ part: i + 1 }))
        : undefined;
    },
    parts: {
      schema: z.object({ part: z.int() }),
      handle: (tx, event, { part }) => leave(tx, { follower: name, subject: event.data.zone.code, part }),
    },
  });
