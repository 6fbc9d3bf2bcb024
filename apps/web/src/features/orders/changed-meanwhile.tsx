import type { Order } from '@almenara/events';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/format.ts';
import { usePeople } from '../../people/people.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { type Difference, differences } from './order-diff.ts';

interface ChangedMeanwhileProps {
  readonly base: Order;
  readonly newer: Order;
  /** A save was turned down because of it. */
  readonly refused: boolean;
  readonly onTakeOver: () => void;
}

/** Somebody else was faster: shows what they changed, and how to go on from there. */
export function ChangedMeanwhile({ base, newer, refused, onTakeOver }: ChangedMeanwhileProps) {
  const { t } = useTranslation();
  const tell = useTell();
  const changes = differences(base, newer);
  return (
    <Alert tone="warn" title={t('order.changed_title')}>
      <p>{refused ? t('order.changed_text') : t('order.changed_live')}</p>
      <ul className="my-1.5 list-disc pl-5">
        {changes.length === 0 && <li>{t('order.changed_nothing')}</li>}
        {changes.map((change) => (
          <li key={change.kind === 'line' ? change.product : change.kind}>{tell(change)}</li>
        ))}
      </ul>
      <p className="mb-2 text-sm">{t('order.take_over_hint')}</p>
      <Button onClick={onTakeOver}>{t('order.take_over')}</Button>
    </Alert>
  );
}

function useTell() {
  const { t } = useTranslation();
  const formats = useFormats();
  const people = usePeople();
  const none = t('order.none');
  const nameOf = (id: string | null): string =>
    id === null ? t('orders.unassigned') : (people.find((person) => person.id === id)?.name ?? '…');
  return (change: Difference): string => {
    switch (change.kind) {
      case 'status':
        return `${t(`status.${change.before}`)} → ${t(`status.${change.after}`)}`;
      case 'client':
      case 'notes':
        return t('order.diff', {
          field: t(`order.${change.kind}`),
          before: change.before ?? none,
          after: change.after ?? none,
        });
      case 'assignee':
        return t('order.diff', {
          field: t('order.assignee'),
          before: nameOf(change.before),
          after: nameOf(change.after),
        });
      case 'line':
        return t('order.diff', {
          field: change.product,
          before: change.before === null ? none : formats.number(change.before),
          after: change.after === null ? none : formats.number(change.after),
        });
    }
  };
}
