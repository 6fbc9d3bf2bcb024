import { useEffect, useState } from 'react';
import { query } from '../http/request.ts';
import { useTopicPart } from '../realtime/index.ts';

/** The name of a client: of the live list, or asked for where that does not hold it; undefined until it is known. */
export function useClientName(clientId: string | undefined): string | undefined {
  const held = useTopicPart(
    'clients',
    ({ clients }) => clients.find(({ id }) => id === clientId)?.name ?? false,
  );
  const [asked, setAsked] = useState<{ clientId: string; name: string } | null>(null);
  const asks = held === false;
  useEffect(() => {
    if (!asks || clientId === undefined) return;
    const leaving = new AbortController();
    query('get_client', { clientId }, leaving.signal).then(
      ({ client }) => setAsked({ clientId, name: client.name }),
      () => {
        // There is none, or nobody to ask: the filter stands without its name.
      },
    );
    return () => leaving.abort();
  }, [asks, clientId]);
  if (held) return held;
  return asked !== null && asked.clientId === clientId ? asked.name : undefined;
}
