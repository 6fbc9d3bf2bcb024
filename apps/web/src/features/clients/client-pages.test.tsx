import { byClientName, type Client } from '@almenara/events';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bar, hotel, id } from '../../testing/goods.ts';
import { mergedClients } from './client-pages.ts';

const fits = ({ archived }: Client): boolean => !archived;

const clients = fc
  .array(fc.record({ name: fc.constantFrom('A', 'B', 'C', 'D', 'E'), archived: fc.boolean() }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((all) => all.map((part, i): Client => ({ ...bar, ...part, id: id(i + 1) })));
const changes = fc.array(
  fc.record({ at: fc.nat(11), name: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'), archived: fc.boolean() }),
  { maxLength: 6 },
);

test('what the pages and the live clients make together is what the server would tell now, as far as the last row', () => {
  fc.assert(
    fc.property(
      clients,
      changes,
      fc.integer({ min: 1, max: 6 }),
      fc.array(fc.nat(11)),
      (all, later, size, seen) => {
        const listed = (of: readonly Client[]) => of.filter(fits).sort(byClientName);
        const before = listed(all);
        const page = before.slice(0, size);
        const now = new Map(all.map((client) => [client.id, client]));
        const changed = new Set<string>();
        for (const { at, name, archived } of later) {
          const client = all[at % all.length];
          if (!client) continue;
          const old = now.get(client.id) ?? client;
          now.set(client.id, { ...old, name, archived, version: old.version + 1 });
          changed.add(client.id);
        }
        // The live list holds the clients that changed, and some that did not.
        const live = [...now.values()].filter((client, i) => changed.has(client.id) || seen.includes(i));
        const next = before.length > size ? 'more' : null;
        const last = page.at(-1);
        const expected = listed([...now.values()]).filter(
          (client) => next === null || last === undefined || byClientName(client, last) <= 0,
        );
        expect(mergedClients({ clients: page, next }, live, fits)).toEqual(expected);
      },
    ),
  );
});

test('a page that nothing has happened to is shown as it was told', () => {
  const page = { clients: [hotel, bar], next: null };
  expect(mergedClients(page, [bar], fits)).toEqual([hotel, bar]);
});
