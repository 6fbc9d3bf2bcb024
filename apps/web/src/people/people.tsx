import type { User } from '@almenara/events';
import { createContext, type ReactNode, use } from 'react';
import { useTopicPart } from '../realtime/index.ts';

type People = readonly User[];

const NOBODY: People = [];
const PeopleContext = createContext<People>(NOBODY);

/** The people of this desk, by name. */
export const usePeople = (): People => use(PeopleContext);

/** Who can be given work; and who has it, whether they still can. */
export function useAssignable(current: string | null): People {
  const people = usePeople();
  return people.filter(({ id, active }) => active || id === current);
}

/** Follows them for all pages: most show names. Without a connection they are those of the last time. */
export function PeopleProvider({ children }: { children: ReactNode }) {
  const people = useTopicPart('people', (view) => view.people) ?? NOBODY;
  return <PeopleContext value={people}>{children}</PeopleContext>;
}
