import type { Client } from '@almenara/events';
import { type Overlay, pendingInput } from '../../realtime/index.ts';

/** Clients as they will be once the pending changes are done. */
export const pendingClients: Overlay<'clients'> = (view, pending) => {
  const changed = new Map<string, Client>();
  const current = (id: string): Client | undefined =>
    changed.get(id) ?? view.clients.find((client) => client.id === id);
  for (const command of pending) {
    const update = pendingInput(command, 'update_client');
    const archive = pendingInput(command, 'archive_client');
    const client = current(update?.clientId ?? archive?.clientId ?? '');
    if (!client) continue;
    if (archive) changed.set(client.id, { ...client, archived: true });
    if (update) {
      const { name = client.name, email, phone, country, notes } = update;
      changed.set(client.id, {
        ...client,
        name,
        email: email === undefined ? client.email : email,
        phone: phone === undefined ? client.phone : phone,
        country: country === undefined ? client.country : country,
        notes: notes === undefined ? client.notes : notes,
      });
    }
  }
  if (changed.size === 0) return view;
  return { ...view, clients: view.clients.map((client) => changed.get(client.id) ?? client) };
};
