import type { User } from '@almenara/events';
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { query } from '../http/request.ts';
import { useRealtime } from '../realtime/index.ts';

type People = readonly User[];

const PeopleContext = createContext<People>([]);

/** The people of this desk, by name. */
export const usePeople = (): People => use(PeopleContext);

/** Reads them at each connection: accounts change rarely, and are in no topic. */
export function PeopleProvider({ children }: { children: ReactNode }) {
  const [people, setPeople] = useState<People>([]);
  const connectionId = useStore(useRealtime().session, (session) => session?.connectionId);
  useEffect(() => {
    if (connectionId === undefined) return;
    const leaving = new AbortController();
    allPeople(leaving.signal).then(setPeople, () => {
      // The names that are known stay; the next connection asks again.
    });
    return () => leaving.abort();
  }, [connectionId]);
  return <PeopleContext value={people}>{children}</PeopleContext>;
}

async function allPeople(signal: AbortSignal): Promise<People> {
  const people: User[] = [];
  let cursor: string | undefined;
  do {
    const page = await query('list_users', { limit: 200, cursor }, signal);
    people.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return people;
}
