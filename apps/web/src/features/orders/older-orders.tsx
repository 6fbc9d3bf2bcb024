import type { Order } from '@almenara/events';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../../http/problem-text.ts';
import { query as ask } from '../../http/request.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { OrderCard } from './order-card.tsx';

/** The board holds what is open and what was closed last; this asks the server for the rest. */
export function OlderOrders({ query, shown }: { query: string; shown: readonly Order[] }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [state, setState] = useState<{ orders: readonly Order[]; next: string | null } | 'asking' | null>(
    null,
  );
  const [error, setError] = useState<string | null>(null);
  const load = async (before: readonly Order[], cursor?: string): Promise<void> => {
    setError(null);
    if (before.length === 0) setState('asking');
    try {
      const page = await ask('list_orders', { q: query, cursor });
      setState({ orders: [...before, ...page.items], next: page.nextCursor });
    } catch (problem) {
      setState(null);
      setError(problemText(problem));
    }
  };
  if (error !== null) return <Alert tone="bad">{error}</Alert>;
  if (state === null || state === 'asking') {
    return (
      <div>
        <Button pending={state === 'asking'} onClick={() => void load([])}>
          {t('orders.older')}
        </Button>
      </div>
    );
  }
  const { orders, next } = state;
  const onBoard = new Set(shown.map(({ id }) => id));
  const older = orders.filter(({ id }) => !onBoard.has(id));
  return (
    <section aria-label={t('orders.older_title')} className="rounded-xl border border-line bg-surface p-3">
      <h2 className="mb-2 font-semibold">{t('orders.older_title')}</h2>
      {older.length === 0 && <p className="text-soft">{t('orders.older_none')}</p>}
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-4">
        {older.map((order) => (
          <li key={order.id}>
            <OrderCard order={order} assignee={null} />
          </li>
        ))}
      </ul>
      {next !== null && (
        <Button look="ghost" className="mt-2" onClick={() => void load(orders, next)}>
          {t('action.more')}
        </Button>
      )}
    </section>
  );
}
