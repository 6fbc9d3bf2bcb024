/**
 * A node in miniature: connects to the database it is given, handles what there is for the follower of the test, and
 * ends. It kills itself (-9) when it has sent so many statements, before or after the answer.
 */
import pg from 'pg';
import { systemClock } from '../src/clock.ts';
import { Followers } from '../src/commands/followers/followers.ts';
import { connectDatabase } from '../src/database/client.ts';
import { isUnavailable } from '../src/database/sql-error.ts';
import { createBus } from '../src/features.ts';
import { idMaker } from '../src/ids.ts';
import { zoneWatcher } from './effects.ts';

const [, , url = '', killAt = '0', moment = 'before'] = process.argv;

/** EX_TEMPFAIL of sysexits.h */
const UNAVAILABLE = 75;

let sent = 0;
const die = (): void => void process.kill(process.pid, 'SIGKILL');
const send = pg.Client.prototype.query;
const counting = new Proxy(send, {
  apply: (target, self, args) => {
    sent += 1;
    if (sent !== Number(killAt)) return Reflect.apply(target, self, args);
    if (moment === 'before') die();
    const answer: unknown = Reflect.apply(target, self, args);
    if (answer instanceof Promise) void answer.then(die, die);
    else die();
    return answer;
  },
});

const database = connectDatabase(url, { writers: 2, readers: 2 });
const bus = createBus({
  database,
  alone: 2,
  bound: 100,
  clock: systemClock,
  newId: idMaker(),
  committed: () => {},
  recheckTopic: () => {},
  failed: () => {},
});
const followers = new Followers({
  followers: [zoneWatcher('watcher')],
  bus,
  database,
  clock: systemClock,
  newId: idMaker(),
  random: Math.random,
  failed: () => {},
  leaseMs: 300,
  compareMs: 50,
  retrying: { attempts: 2, pauseMs: () => 1 },
});
pg.Client.prototype.query = counting;

const end = async (): Promise<void> => {
  const [row] = await database.accounts.$queryRaw<{ behind: number }[]>`
    SELECT (t.head - coalesce(c.seq, 0))::int AS behind
    FROM topic t LEFT JOIN follower_cursor c ON c.topic = t.name AND c.name = 'watcher' WHERE t.name = 'zones'`;
  if (row && row.behind > 0) {
    await new Promise((resolve) => void setTimeout(resolve, 20));
    return end();
  }
  await followers.stop();
  await bus.drain();
  await database.close();
};
try {
  await followers.start();
  await end();
} catch (error) {
  // On a machine that is very busy: it is begun anew, as a service is.
  if (!isUnavailable(error)) throw error;
  process.exit(UNAVAILABLE);
}
