import { byClientName, type Client } from '@almenara/events';

export interface ClientPages {
  /** As the server told them, by name. */
  readonly clients: readonly Client[];
  /** Null after the last page. */
  readonly next: string | null;
}

const newer = (a: Client, b: Client | undefined): Client => (b && b.version > a.version ? b : a);

/**
 * The pages that the server has told, merged with the live clients, which hold all changes since: each client
 * once, in its newest version, and only those that fit. Live clients that sort after the last row wait for the
 * next page.
 */
export function mergedClients(
  { clients, next }: ClientPages,
  live: readonly Client[],
  fits: (client: Client) => boolean,
): readonly Client[] {
  const current = new Map(live.map((client) => [client.id, client]));
  const told = clients.map((client) => newer(client, current.get(client.id)));
  const known = new Set(told.map(({ id }) => id));
  const last = clients.at(-1);
  const isBeyond = (client: Client): boolean =>
    next !== null && last !== undefined && byClientName(client, last) > 0;
  // A page without changes keeps the server's order.
  const rows = told.filter((client, i) => client === clients[i] || (fits(client) && !isBeyond(client)));
  const come = live.filter((client) => !known.has(client.id) && fits(client) && !isBeyond(client));
  return come.length === 0 && rows.every((client, i) => client === clients[i])
    ? rows
    : [...rows, ...come].sort(byClientName);
}
