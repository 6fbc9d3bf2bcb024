import { query } from '../http/request.ts';
import { useHttpQuery } from '../http/use-http-query.ts';
import { useTopicPart } from '../realtime/index.ts';

/** The name of a client: of the live list, or asked for where that does not hold it; undefined until it is known. */
export function useClientName(clientId: string | undefined): string | undefined {
  const held = useTopicPart(
    'clients',
    ({ clients }) => clients.find(({ id }) => id === clientId)?.name ?? false,
  );
  // Where there is none, or nobody to ask, the filter stands without its name.
  const asked = useHttpQuery(
    clientId ?? '',
    (signal) => query('get_client', { clientId: clientId ?? '' }, signal),
    { on: held === false && clientId !== undefined },
  );
  return held || asked.value?.client.name;
}
