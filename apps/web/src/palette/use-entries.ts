import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { orderName } from '../i18n/order-name.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { textSearch } from '../text-search.ts';
import { type Action, allActions } from './actions.ts';
import { bestRank, ranked } from './ranking.ts';
import { useFound } from './use-found.ts';

export interface Entry {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  readonly keys?: string | undefined;
  readonly run: () => void;
}

export interface Group {
  readonly name: 'page' | 'action' | 'order' | 'client' | 'product';
  readonly entries: readonly Entry[];
}

const ACTIONS = 8;

const toEntry = ({ id, label, keys, run }: Action): Entry => ({ id, label, detail: '', keys, run });

/** What the palette offers for what was typed, the group with the best answer first. */
export function useEntries(typed: string): readonly Group[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const found = useFound(typed);
  return useMemo(() => {
    const search = textSearch(typed, { accents: 'ignored' });
    const isEmpty = search.wanted === '';
    const actions = (group: Action['group']): Entry[] => {
      const offered = allActions().filter((action) => action.group === group);
      if (isEmpty) return offered.map(toEntry);
      return ranked(offered, search, ({ label, words }) => [label, words ?? null], ACTIONS).map(({ item }) =>
        toEntry(item),
      );
    };
    const groups: Group[] = [
      { name: 'page', entries: actions('page') },
      { name: 'action', entries: actions('action') },
      {
        name: 'order',
        entries: found.orders.map((order) => ({
          id: `order-${order.id}`,
          label: `${orderName(order.number)} · ${order.clientName}`,
          detail: t(`status.${order.status}`),
          run: () => void navigate({ to: '/orders/$orderId', params: { orderId: order.id } }),
        })),
      },
      {
        name: 'client',
        entries: found.clients.map((client) => ({
          id: `client-${client.id}`,
          label: client.name,
          detail: client.email ?? client.phone ?? '',
          run: () => void navigate({ to: '/clients/$clientId', params: { clientId: client.id } }),
        })),
      },
      {
        name: 'product',
        entries: found.products.map((product) => ({
          id: `product-${product.id}`,
          label: product.name,
          detail: product.sku,
          run: () => void navigate({ to: '/products/$productId', params: { productId: product.id } }),
        })),
      },
    ];
    const best = (group: Group): number =>
      Math.max(...group.entries.map(({ label, detail }) => bestRank(search, [label, detail])));
    const filled = groups.filter(({ entries }) => entries.length > 0);
    return isEmpty ? filled : filled.sort((a, b) => best(b) - best(a));
  }, [typed, found, t, navigate]);
}
