import { describe, expect, test } from 'vitest';
import { MemoryPlaces, type Occupant, type Places } from './places.ts';

const LEASE_MS = 45_000;
const on = (connection: string, userId: string): Occupant => ({
  connection,
  userId,
  name: userId.toUpperCase(),
});

/** What holds of every implementation. */
function placesSuite(name: string, make: () => Places): void {
  describe(name, () => {
    test('a user is there once, from the first of their connections to the last', () => {
      const places = make();
      expect(places.enter('o1', on('tab', 'ada'), 1, LEASE_MS)).toBe(true);
      expect(places.enter('o1', on('phone', 'ada'), 2, LEASE_MS)).toBe(false);
      expect(places.enter('o1', on('x', 'ben'), 3, LEASE_MS)).toBe(true);
      expect(places.at('o1')).toEqual([
        { userId: 'ada', name: 'ADA', since: 1 },
        { userId: 'ben', name: 'BEN', since: 3 },
      ]);
      expect(places.leave('o1', 'tab')).toBe(false);
      expect(places.leave('o1', 'phone')).toBe(true);
      expect(places.leave('o1', 'phone')).toBe(false);
      expect(places.at('o1')).toEqual([{ userId: 'ben', name: 'BEN', since: 3 }]);
    });

    test('a connection may be at several places, and leaves them one by one', () => {
      const places = make();
      for (const place of ['o1', 'o2']) places.enter(place, on('tab', 'ada'), 1, LEASE_MS);
      expect(places.of('tab')).toEqual(['o1', 'o2']);
      expect(places.all()).toEqual(['o1', 'o2']);
      places.leave('o1', 'tab');
      expect(places.of('tab')).toEqual(['o2']);
      expect(places.all()).toEqual(['o2']);
    });

    test('who has not said for long that they are still there is there no more', () => {
      const places = make();
      places.enter('o1', on('tab', 'ada'), 0, LEASE_MS);
      places.enter('o1', on('x', 'ben'), 0, LEASE_MS);
      expect(places.enter('o1', on('x', 'ben'), 30_000, LEASE_MS)).toBe(false);
      expect(places.expire(LEASE_MS - 1)).toEqual([]);
      expect(places.expire(LEASE_MS)).toEqual(['o1']);
      expect(places.at('o1')).toEqual([{ userId: 'ben', name: 'BEN', since: 0 }]);
      expect(places.of('tab')).toEqual([]);
    });
  });
}

placesSuite('in memory', () => new MemoryPlaces());
