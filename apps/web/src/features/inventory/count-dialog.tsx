import { commands } from '@almenara/events';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProductsById } from '../../catalogue/use-products.ts';
import { CommandDialog } from '../../forms/command-dialog.tsx';
import { useCommandForm } from '../../forms/use-command-form.ts';
import { wholeNumber } from '../../forms/whole-number.ts';
import { useTopic } from '../../realtime/index.ts';
import { Alert } from '../../ui/alert.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { toast } from '../../ui/toast.ts';
import { CountRow } from './count-row.tsx';
import { matchingRows, toRows } from './stock-row.ts';

/** Counts of a zone as they are typed, by product. What stays empty is not counted. */
export function CountDialog({ zone, onClose }: { zone: string; onClose: () => void }) {
  const { t } = useTranslation();
  const form = useCommandForm('count_zone', commands.count_zone.input);
  const products = useProductsById();
  const { view } = useTopic('inventory', { zone });
  const [counted, setCounted] = useState<ReadonlyMap<string, string>>(new Map());
  const [search, setSearch] = useState('');
  const rows = useMemo(() => toRows(view?.levels ?? [], products), [view, products]);
  const counts = [...counted].flatMap(([productId, text]) =>
    text.trim() === '' ? [] : [{ productId, counted: wholeNumber(text) }],
  );
  const submit = async (): Promise<void> => {
    const result = await form.submit({ zone, counts });
    if (!result) return;
    if (result.kind === 'done') toast.success(t('inventory.done.count_zone', { zone }));
    onClose();
  };
  const errorOf = (productId: string): string | undefined => {
    const at = counts.findIndex((count) => count.productId === productId);
    return at < 0 ? undefined : form.errors[`counts.${at}.counted`];
  };
  return (
    <CommandDialog
      wide
      title={t('inventory.count_title', { zone })}
      description={t('inventory.count_text')}
      submit={t('inventory.submit.count_zone')}
      form={form}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      {form.errors.counts !== undefined && <Alert tone="bad">{t('inventory.count_none')}</Alert>}
      <SearchField label={t('inventory.search')} value={search} onChange={setSearch} />
      <ul className="flex flex-col divide-y divide-line rounded-xl border border-line">
        {matchingRows(rows, search, false).map(({ level, product }) => (
          <CountRow
            key={product.id}
            level={level}
            product={product}
            value={counted.get(product.id) ?? ''}
            error={errorOf(product.id)}
            onChange={(text) => setCounted(new Map(counted).set(product.id, text))}
          />
        ))}
      </ul>
    </CommandDialog>
  );
}
