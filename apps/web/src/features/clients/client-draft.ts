import type { Client, CommandInput } from '@almenara/events';

export const FIELDS = ['name', 'email', 'phone', 'country', 'notes'] as const;
export type ClientDraft = Readonly<Record<(typeof FIELDS)[number], string>>;

export const toDraft = (client: Client | null): ClientDraft => ({
  name: client?.name ?? '',
  email: client?.email ?? '',
  phone: client?.phone ?? '',
  country: client?.country ?? '',
  notes: client?.notes ?? '',
});

const orNull = (text: string): string | null => text.trim() || null;

export const toNewClient = (clientId: string, draft: ClientDraft): CommandInput<'create_client'> => ({
  clientId,
  name: draft.name,
  email: orNull(draft.email),
  phone: orNull(draft.phone),
  country: orNull(draft.country),
  notes: orNull(draft.notes),
});

/** The command for what differs from `base`. */
export function toUpdate(base: Client, draft: ClientDraft): CommandInput<'update_client'> {
  const before = toDraft(base);
  const changed = (field: keyof ClientDraft): boolean => draft[field].trim() !== before[field];
  return {
    clientId: base.id,
    expectedVersion: base.version,
    ...(changed('name') && { name: draft.name }),
    ...(changed('email') && { email: orNull(draft.email) }),
    ...(changed('phone') && { phone: orNull(draft.phone) }),
    ...(changed('country') && { country: orNull(draft.country) }),
    ...(changed('notes') && { notes: orNull(draft.notes) }),
  };
}

/** On top of a newer version: what was not touched follows it, what was stays. */
export function rebased(draft: ClientDraft, base: Client, newer: Client): ClientDraft {
  const [before, after] = [toDraft(base), toDraft(newer)];
  const pick = (field: keyof ClientDraft): string =>
    draft[field] === before[field] ? after[field] : draft[field];
  return {
    name: pick('name'),
    email: pick('email'),
    phone: pick('phone'),
    country: pick('country'),
    notes: pick('notes'),
  };
}
