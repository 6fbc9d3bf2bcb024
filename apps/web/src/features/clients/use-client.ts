import type { Client } from '@almenara/events';
import { useEffect, useState } from 'react';
import { Problem } from '../../http/problem.ts';
import { useProblemText } from '../../http/problem-text.ts';
import { query } from '../../http/request.ts';
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
  const [asked, setAsked] = useState<{ clientId: string; answer: Client | Problem } | null>(null);
  const absent = live === 'absent';
  useEffect(() => {
    if (!absent) return;
    const leaving = new AbortController();
    query('get_client', { clientId }, leaving.signal).then(
      ({ client }) => setAsked({ clientId, answer: client }),
      (error: unknown) => {
        if (error instanceof Problem) setAsked({ clientId, answer: error });
      },
    );
    return () => leaving.abort();
  }, [absent, clientId]);

  if (live !== null && live !== 'absent') return { kind: 'found', client: live };
  if (asked?.clientId !== clientId) return { kind: 'loading' };
  if (!(asked.answer instanceof Problem)) return { kind: 'found', client: asked.answer };
  return {
    kind: 'failed',
    message: problemText(asked.answer, { 400: t('clients.missing'), 404: t('clients.missing') }),
  };
}
