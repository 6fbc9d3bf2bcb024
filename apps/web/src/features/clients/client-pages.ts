import { byClientName, type Client } from '@almenara/events';

export interface ClientPages {
  /** As the server told them, by name. */
  readonly clients: readonly Client[];
  /** Null after the last page. */
  readonly next: string | null;
}

const newer = (a: Client, b: Client | undefined): Client => (b && b.version > a.version ? b : a);

/**
 * Pages of the server's list with what has happened since, which the live clients tell: each client once, the newest of
 * it, and only those that fit. What belongs after the last row that was told of waits for the next page.
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
  // A page that holds nothing new goes on as it was told: its order is the server's.
  const rows = told.filter((client, i) => client === clients[i] || (fits(client) && !isBeyond(client)));
  const come = live.filter((client) => !known.has(client.id) && fits(client) && !isBeyond(client));
  return come.length === 0 && rows.every((client, i) => client === clients[i])
    ? rows
    : [...rows, ...come].sort(byClientName);
}
