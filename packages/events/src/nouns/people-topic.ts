import type { z } from 'zod';
import { defineTopic, type EventOf } from '../base/define.ts';
import { byText, type Entities, upsertAll } from '../base/entities.ts';
import { ALL_ROLES } from '../base/roles.ts';
import type { peopleSnapshot, User, userEvents } from './users.ts';

export const peopleTopic = defineTopic<
  Entities<User>,
  z.infer<typeof peopleSnapshot>,
  EventOf<typeof userEvents>
>({
  pattern: 'people',
  namespace: '/desk',
  access: { roles: ALL_ROLES },
  empty: () => new Map(),
  fold: (state, events) => {
    let people = state;
    for (const event of events) {
      if (event.type !== 'person_removed') people = upsertAll(people, [event.data.person]);
      else people = new Map([...people].filter(([id]) => id !== event.data.userId));
    }
    return people;
  },
  view: (people) => ({
    people: [...people.values()].sort((a, b) => byText(a.name, b.name) || byText(a.id, b.id)),
  }),
  load: ({ people }) => new Map(people.map((person) => [person.id, person])),
});
