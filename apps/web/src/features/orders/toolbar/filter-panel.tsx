import { ORDER_STATUSES, type OrderStatus } from '@almenara/events';
import { useClientName } from '../../../catalogue/use-client-name.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { usePeople } from '../../../people/people.tsx';
import { Button } from '../../../ui/button.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { ClientPicker } from '../edit/client-picker.tsx';
import { ORDER_SORTS, type OrdersSearch } from '../held/orders-search.ts';

interface FilterPanelProps {
  readonly search: OrdersSearch;
  readonly onChange: (change: Partial<Record<keyof OrdersSearch, unknown>> & Partial<OrdersSearch>) => void;
  readonly onClear: () => void;
}

/** What the board and the list leave out. */
export function FilterPanel({ search, onChange, onClear }: FilterPanelProps) {
  const { t } = useTranslation();
  const people = usePeople();
  const client = useClientName(search.client);
  const toggle = (status: OrderStatus): void => {
    const before = search.status ?? [];
    const after = before.includes(status) ? before.filter((s) => s !== status) : [...before, status];
    onChange({ status: after.length === 0 ? undefined : after });
  };
  return (
    <section
      id="order-filters"
      aria-label={t('orders.filters')}
      className="grid items-end gap-3 rounded-xl border border-line bg-surface p-3 min-[30rem]:grid-cols-2 lg:grid-cols-4 xl:grid-cols-6"
    >
      <fieldset className="flex flex-wrap gap-1.5 min-[30rem]:col-span-2 lg:col-span-4 xl:col-span-6">
        <legend className="mb-1 text-sm font-medium">{t('orders.column.status')}</legend>
        {ORDER_STATUSES.map((status) => (
          <label
            key={status}
            className="control inline-flex cursor-pointer items-center gap-2 rounded-lg border border-edge px-2.5 text-sm has-checked:bg-signal-wash has-checked:font-semibold"
          >
            <input
              type="checkbox"
              checked={search.status?.includes(status) ?? false}
              onChange={() => toggle(status)}
              className="size-4 accent-[var(--action)]"
            />
            {t(`status.${status}`)}
          </label>
        ))}
      </fieldset>
      <SelectField
        label={t('order.assignee')}
        value={search.assignee ?? ''}
        placeholder={t('orders.anybody')}
        options={[
          { value: 'none', label: t('orders.unassigned') },
          ...people.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(assignee) => onChange({ assignee: assignee || undefined })}
      />
      <ClientPicker
        key={search.client}
        name={client ?? ''}
        optional="silent"
        onPick={(picked) => onChange({ client: picked?.id })}
      />
      <TextField
        label={t('orders.from')}
        type="date"
        optional="silent"
        value={search.from ?? ''}
        onChange={(from) => onChange({ from: from || undefined })}
      />
      <TextField
        label={t('orders.to')}
        type="date"
        optional="silent"
        value={search.to ?? ''}
        onChange={(to) => onChange({ to: to || undefined })}
      />
      {search.view === 'list' && (
        <SelectField
          label={t('orders.sort')}
          value={search.sort ?? 'newest'}
          options={ORDER_SORTS.map((sort) => ({ value: sort, label: t(`orders.sorted.${sort}`) }))}
          onChange={(sort) => onChange({ sort: ORDER_SORTS.find((one) => one === sort && one !== 'newest') })}
        />
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 sm:col-span-2">
        <label className="control inline-flex cursor-pointer items-center gap-2">
          <input
            type="checkbox"
            checked={search.short === true}
            onChange={(event) => onChange({ short: event.target.checked ? true : undefined })}
            className="size-4 accent-[var(--action)]"
          />
          {t('orders.short_only')}
        </label>
        <Button look="ghost" onClick={onClear}>
          {t('orders.clear_filters')}
        </Button>
      </div>
    </section>
  );
}
