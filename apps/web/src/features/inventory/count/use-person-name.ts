import { useMe } from '../../../people/me.ts';
import { usePeople } from '../../../people/people.tsx';

/** What somebody is called, by id. */
export function usePersonName(): (userId: string) => string {
  const people = usePeople();
  const me = useMe();
  return (userId) => (userId === me.id ? me.name : (people.find(({ id }) => id === userId)?.name ?? '…'));
}
