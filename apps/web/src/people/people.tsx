import { queries, type User } from '@almenara/events';
import { createContext, type ReactNode, use, useEffect, useEffectEvent, useState } from 'react';
import { useStore } from 'zustand';
import { query } from '../http/request.ts';
import { useRealtime } from '../realtime/index.ts';

type People = readonly User[];

const PeopleContext = createContext<People>([]);

/** The people of this desk, by name. */
export const usePeople = (): People => use(PeopleContext);

/** Who can be given work; and who has it, whether they still can. */
export function useAssignable(current: string | null): People {
  const people = usePeople();
  return people.filter(({ id, active }) => active || id === current);
}

/**
 * Reads them at each connection, and when somebody comes who is not among them: accounts change rarely, and are in
 * no topic.
 */
export function PeopleProvider({ children }: { children: ReactNode }) {
  const [people, setPeople] = useState<People>([]);
  const [newcomer, setNewcomer] = useState('');
  const { client, session } = useRealtime();
  const connectionId = useStore(session, (now) => now?.connectionId);
  const greet = useEffectEvent((userId: string) => {
    if (!people.some(({ id }) => id === userId)) setNewcomer(userId);
  });
  useEffect(
    () =>
      client.onSignal(({ type, data }) => {
        if (type === 'user_connected') greet(data.userId);
      }),
    [client],
  );
  useEffect(() => {
    if (connectionId === undefined) return;
    const leaving = new AbortController();
    allPeople(leaving.signal).then(setPeople, () => {
      // The names that are known stay; the next connection asks again.
    });
    return () => leaving.abort();
  }, [connectionId, newcomer]);
  return <PeopleContext value={people}>{children}</PeopleContext>;
}

async function allPeople(signal: AbortSignal): Promise<People> {
  const people: User[] = [];
  let cursor: string | undefined;
  do {
    const page = await query(queries.list_users, { limit: 200, cursor }, signal);
    people.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return people;
}
