import { ROLES, type User } from '@almenara/events';
import { createContext, type ReactNode, use, useEffect, useEffectEvent, useState } from 'react';
import { useStore } from 'zustand';
import { query } from '../http/request.ts';
import { isFields } from '../http/shape.ts';
import { useHttpQuery } from '../http/use-http-query.ts';
import type { Notes } from '../kept/notes.ts';
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

const NOTE = 'people';

/**
 * Reads them at each connection, and when somebody comes who is not among them: accounts change rarely, and are in
 * no topic. Without a connection they are those of the last time.
 */
export function PeopleProvider({ notes, children }: { notes: Notes; children: ReactNode }) {
  const [people, setPeople] = useState<People>([]);
  useEffect(() => {
    void notes
      .read(NOTE, readPeople)
      .then((kept) => setPeople((now) => (now.length > 0 ? now : (kept ?? now))));
  }, [notes]);
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
  // The names that are known stay where nobody answers; the next connection asks again.
  useHttpQuery(
    'people',
    async (signal) => {
      const all = await allPeople(signal);
      setPeople(all);
      void notes.write(NOTE, all);
    },
    { on: connectionId !== undefined, again: `${connectionId} ${newcomer}` },
  );
  return <PeopleContext value={people}>{children}</PeopleContext>;
}

const readPeople = (value: unknown): People | null =>
  Array.isArray(value) && value.every(isUser) ? value : null;

const isUser = (value: unknown): value is User =>
  isFields(value) &&
  typeof value.id === 'string' &&
  typeof value.name === 'string' &&
  typeof value.active === 'boolean' &&
  ROLES.some((role) => role === value.role);

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
