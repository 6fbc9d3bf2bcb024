import { createClient, pageWakeups, systemTimers, type Wakeups } from '@almenara/client';
import { CommandQueue, memoryStore } from '@almenara/client/queue';
import { SharedConnection } from '@almenara/client/shared';
import { forgetUser, hasCommands, openKeptDatabase } from '../kept/database.ts';
import { KeptTopics } from '../kept/kept-topics.ts';
import { createNotes, type Notes } from '../kept/notes.ts';
import { keptQueueStore } from '../kept/queue-store.ts';
import { TopicKeeper } from '../kept/topic-keeper.ts';
import { thisBrowser } from './browser.ts';
import { pageFrames } from './frames.ts';
import { layingOver } from './laying-over.ts';
import type { Overlays } from './optimism.ts';
import { parking } from './parking.ts';
import type { Part } from './parts.ts';
import { createRealtime, type Realtime } from './realtime.ts';
import { RecentTopics } from './recent-topics.ts';
import { speaking } from './speaking.ts';

/** Further behind than this, a tab takes the snapshot: reading it all would take longer than looking at it. */
const MOST_EVENTS_BEHIND = 2000;

export interface Desk {
  readonly realtime: Realtime;
  readonly notes: Notes;
  /** What was kept of the user in this browser goes, but for commands that have not been sent. */
  forget(): Promise<void>;
}

/** Everything that stands for one user's desk in this tab; it runs between `realtime.start()` and what that returns. */
export async function openDesk(user: string, fetchOverlays: () => Promise<Overlays>): Promise<Desk> {
  const browser = thisBrowser();
  const db = await openKeptDatabase();
  const kept = db && new KeptTopics(db, user);
  const [keptAt, overlays] = await Promise.all([
    kept?.savedAt() ?? null,
    // Commands from another time are waiting: the code that shows them is loaded first, so that they are in the
    // first frame.
    db && hasCommands(db, user).then((has) => (has ? fetchOverlays().catch(() => ({})) : {})),
  ]);
  const recent = new RecentTopics();
  const shared = browser && new SharedConnection({ name: `almenara/${user}`, browser, timers: systemTimers });
  const client = createClient({
    kept: (topic) => recent.take(topic) ?? kept?.read(topic) ?? null,
    mostEventsBehind: MOST_EVENTS_BEHIND,
    ...(shared && { transport: shared.transport, wakeups: both(pageWakeups, shared.wakeups) }),
  });
  const queue = new CommandQueue({
    userId: user,
    client,
    store: db ? keptQueueStore(db, user) : memoryStore(),
    locks: browser?.locks ?? null,
    openPost: browser?.openPost ?? null,
    timers: systemTimers,
  });
  const keeper = db && kept && new TopicKeeper(db, user, kept, () => shared?.leads.get() ?? true);
  const voice = speaking(browser, user);
  const sharing: Part = () => {
    shared?.start();
    return () => shared?.stop();
  };
  const realtime: Realtime = createRealtime({
    client,
    queue,
    overlays: overlays ?? {},
    speaks: voice.speaks,
    frames: pageFrames,
    keptAt,
    recent,
    followed: (handle) => keeper?.keep(handle) ?? (() => {}),
    below: [sharing],
    above: [
      parking(client, queue),
      voice.part,
      () => layingOver(realtime.topics, queue, fetchOverlays)(),
      ...(keeper ? [() => keeper.start()] : []),
    ],
  });
  return {
    realtime,
    notes: createNotes(db, user),
    forget: async () => {
      keeper?.end();
      if (db) await forgetUser(db, user);
    },
  };
}

const both =
  (one: Wakeups, two: Wakeups): Wakeups =>
  (tell) => {
    const stops = [one(tell), two(tell)];
    return () => stops.forEach((stop) => void stop());
  };
