import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Attack, type AttackedDesk, attackedDesk, type Felt } from './attacked-desk.ts';
import {
  command,
  unfinishedBodies,
  unfinishedPackets,
  unreadPolls,
  unreadRequests,
  unreadResponses,
} from './attackers.ts';

/**
 * What one attacker may cost the process, and others may wait (bytes, ms). Without bounds others waited for 7 to 20 s; a
 * machine that does something else besides may make anybody wait for half a second.
 */
const MEMORY = 300_000_000;
const P99 = 2000;
/** A request alone on a machine that does nothing else. */
const QUIET = 5;

const subscribe = (topic: string) => ({ topics: [{ topic }] });

/** Each as one user can do it, with the sizes that once ended the process; `ATTACK_SCALE` makes them larger. */
const nothing = async (): Promise<Attack> => ({ end: () => {} });

const attacks: [string, (desk: AttackedDesk) => Promise<Attack>][] = [
  [
    '10 connections × 80 subscriptions to 5 MB',
    (desk) => unreadRequests(desk, 10, 80, 'subscribe', () => subscribe('clients')),
  ],
  [
    'a connection × 600 times 256 events',
    (desk) =>
      unreadRequests(desk, 1, 600, 'catch_up', (i) => ({
        topic: 'clients',
        cursor: { epoch: desk.epoch, seq: (i * 97) % (desk.events - 300) },
      })),
  ],
  [
    '200 connections × 3 subscriptions to 5 MB',
    (desk) => unreadRequests(desk, 200, 3, 'subscribe', () => subscribe('clients')),
  ],
  [
    '10 pollers × 40 subscriptions to 5 MB',
    (desk) => unreadPolls(desk, 10, 40, 'subscribe', subscribe('clients')),
  ],
  [
    '4 connections × 500 conflicts about a large order',
    (desk) =>
      unreadRequests(desk, 4, 500, 'edit_order', () =>
        command({ orderId: desk.order.id, expectedVersion: 99, notes: 'mine' }),
      ),
  ],
  ['300 snapshots over HTTP', (desk) => unreadResponses(desk, 300, () => '/api/topics/clients/snapshot')],
  [
    '300 × 1,000 events over HTTP',
    (desk) => unreadResponses(desk, 300, (i) => `/api/topics/clients/events?limit=1000&after=${i}`),
  ],
  [
    '300 resets over HTTP',
    (desk) => unreadResponses(desk, 300, () => '/api/topics/clients/events?epoch=another'),
  ],
  ['300 lists over HTTP', (desk) => unreadResponses(desk, 300, () => '/api/clients?limit=200')],
  ['300 exports', (desk) => unreadResponses(desk, 300, () => '/api/export/clients.csv')],
  [
    '30 looks back to 30 moments',
    (desk) => unreadResponses(desk, 30, (i) => `/api/topics/clients/snapshot?at=${desk.events - i * 100}`),
  ],
  ['100 packets of 900 kB that do not end', (desk) => unfinishedPackets(desk, 100)],
  ['500 bodies of 950 kB that do not end', (desk) => unfinishedBodies(desk, 500)],
];

describe('[F1] one user who asks for much and reads nothing costs the process little, and others do not wait', () => {
  let desk: AttackedDesk;
  beforeAll(async () => {
    desk = await attackedDesk();
    tell('nothing', await desk.under(nothing));
  });
  afterAll(() => desk[Symbol.asyncDispose]());

  test.each(attacks)('%s', async (name, attack) => {
    const felt = await desk.under(() => attack(desk));
    tell(name, felt);
    expect(felt.memory).toBeLessThan(MEMORY);
    expect(felt.p99).toBeLessThan(P99 * Math.max(1, felt.usual / QUIET));
    expect(felt.asked).toBeGreaterThan(0);
  });
});

function tell(name: string, { memory, p99, usual, asked, cpu }: Felt): void {
  if (!process.env.ATTACK_FIGURES) return;
  console.log(
    `${name}: ${(memory / 1e6).toFixed(0)} MB, p99 ${p99.toFixed(0)} ms of ${asked} (usual ${usual.toFixed(0)}), CPU ${cpu} ms`,
  );
}
