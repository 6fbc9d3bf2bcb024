import { isClosed, type Order } from '@almenara/events';
import { CommandError } from '../../../forms/command-error.tsx';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useCanWrite } from '../../../people/me.ts';
import { useAssignable, usePeople } from '../../../people/people.tsx';
import { useCommand } from '../../../realtime/index.ts';
import { SelectField } from '../../../ui/select-field.tsx';

/** Who works on it: a choice that is sent at once. */
export function OrderAssignee({ order }: { order: Order }) {
  const { t } = useTranslation();
  const people = usePeople();
  const assignable = useAssignable(order.assigneeId);
  const canWrite = useCanWrite();
  const assign = useCommand('assign_order');
  if (!canWrite || isClosed(order.status)) {
    const name = people.find(({ id }) => id === order.assigneeId)?.name;
    return (
      <section>
        <h3 className="text-sm text-soft">{t('order.assignee')}</h3>
        <p>{name ?? <span className="text-soft">{t('orders.unassigned')}</span>}</p>
      </section>
    );
  }
  return (
    <section className="flex flex-col gap-2">
      <SelectField
        label={t('order.assignee')}
        value={order.assigneeId ?? ''}
        disabled={assign.pending}
        placeholder={t('orders.unassigned')}
        options={assignable.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(userId) => void assign.run({ orderId: order.id, userId: userId || null })}
      />
      <CommandError error={assign.error} />
    </section>
  );
}
