import type { Client } from '@almenara/events';
import { query } from '../http/request.ts';
import { useTopicPart } from '../realtime/index.ts';
import { textSearch } from '../text-search.ts';
import { useAsked } from './use-asked.ts';

const NONE: readonly Client[] = [];

/** Clients whose name holds a text; where the live list holds only part of them, the server's too. */
export function useFoundClients(text: string, limit: number): readonly Client[] {
  const view = useTopicPart('clients', (clients) => clients);
  const wanted = text.trim();
  const { finds } = textSearch(wanted);
  const asked = useAsked(view?.truncated && wanted.length >= 2 ? wanted : null, askClients);
  const found = (view?.clients ?? NONE)
    .filter((client) => !client.archived && finds(client.name))
    .slice(0, limit);
  const known = new Set(found.map(({ id }) => id));
  return [...found, ...asked.filter(({ id }) => !known.has(id))].slice(0, limit);
}

async function askClients(q: string, signal: AbortSignal): Promise<readonly Client[]> {
  return (await query('list_clients', { q, limit: 30 }, signal)).items;
}
