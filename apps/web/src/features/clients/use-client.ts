import type { Client } from '@almenara/events';
import { useProblemText } from '../../http/problem-text.ts';
import { query } from '../../http/request.ts';
import { useHttpQuery } from '../../http/use-http-query.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useTopicPart } from '../../realtime/index.ts';

type Found =
  | { readonly kind: 'loading' }
  | { readonly kind: 'found'; readonly client: Client }
  | { readonly kind: 'failed'; readonly message: string };

/** A client by id: live from the list, or asked for once where it is not among those changed last. */
export function useClient(clientId: string): Found {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const live = useTopicPart(
    'clients',
    ({ clients }) => clients.find(({ id }) => id === clientId) ?? 'absent',
  );
  const { value, error } = useHttpQuery(clientId, (signal) => query('get_client', { clientId }, signal), {
    on: live === 'absent',
  });
  if (live !== null && live !== 'absent') return { kind: 'found', client: live };
  if (value) return { kind: 'found', client: value.client };
  if (error === null) return { kind: 'loading' };
  return {
    kind: 'failed',
    message: problemText(error, { 400: t('clients.missing'), 404: t('clients.missing') }),
  };
}
