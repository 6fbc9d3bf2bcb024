import { useFormats } from '../../../i18n/format.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { usePeople } from '../../../people/people.tsx';
import type { Difference } from './order-diff.ts';

export interface DifferenceText {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** What differs, as a person reads it: which field, what it was, what it is. */
export function useDifferenceText(): (difference: Difference) => DifferenceText {
  const { t } = useTranslation();
  const formats = useFormats();
  const people = usePeople();
  const none = t('order.none');
  const nameOf = (id: string | null): string =>
    id === null ? t('orders.unassigned') : (people.find((person) => person.id === id)?.name ?? '…');
  const countOf = (n: number | null): string => (n === null ? none : formats.number(n));
  return (change) => {
    switch (change.kind) {
      case 'status':
        return {
          field: t('orders.column.status'),
          before: t(`status.${change.before}`),
          after: t(`status.${change.after}`),
        };
      case 'client':
      case 'notes':
        return {
          field: t(`order.${change.kind}`),
          before: change.before ?? none,
          after: change.after ?? none,
        };
      case 'assignee':
        return { field: t('order.assignee'), before: nameOf(change.before), after: nameOf(change.after) };
      case 'line':
        return { field: change.product, before: countOf(change.before), after: countOf(change.after) };
      case 'short':
        return {
          field: t('order.short_of', { product: change.product }),
          before: countOf(change.before),
          after: countOf(change.after),
        };
    }
  };
}
