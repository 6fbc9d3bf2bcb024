import type { QueuedCommand } from '@almenara/client/queue';
import { byClientName, type Client, type CommandInput } from '@almenara/events';
import { type Overlay, pendingInput } from '../../realtime/index.ts';

/** Clients as they will be once the pending changes are done. */
export const pendingClients: Overlay<'clients'> = (view, pending) => {
  const changed = new Map<string, Client>();
  const current = (id: string): Client | undefined =>
    changed.get(id) ?? view.clients.find((client) => client.id === id);
  for (const command of pending) {
    const created = pendingInput(command, 'create_client');
    if (created?.clientId !== undefined && !current(created.clientId)) {
      changed.set(created.clientId, createdBy(command, created.clientId, created));
    }
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
  const known = new Set(view.clients.map(({ id }) => id));
  const added = [...changed.values()].filter(({ id }) => !known.has(id));
  const clients = view.clients.map((client) => changed.get(client.id) ?? client);
  if (added.length === 0) return { ...view, clients };
  return { ...view, clients: [...clients, ...added].sort(byClientName), total: view.total + added.length };
};

function createdBy({ madeAt }: QueuedCommand, id: string, input: CommandInput<'create_client'>): Client {
  const at = new Date(madeAt).toISOString();
  const { name, email = null, phone = null, country = null, notes = null } = input;
  const entered = { id, name: name.trim(), email, phone, country, notes };
  return { ...entered, archived: false, mergedInto: null, version: 1, createdAt: at, updatedAt: at };
}
