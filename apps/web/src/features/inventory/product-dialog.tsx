import { Currency } from '@almenara/events';
import { useState } from 'react';
import { useUsualCurrency } from '../../catalogue/use-company.ts';
import { CommandDialog } from '../../forms/command-dialog.tsx';
import { useCommandForm } from '../../forms/use-command-form.ts';
import { parseAmount } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { TextField } from '../../ui/text-field.tsx';
import { toast } from '../../ui/toast.ts';
import { StockedField } from './stocked-field.tsx';

export function ProductDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const form = useCommandForm('create_product');
  const usual = useUsualCurrency();
  const [input, setInput] = useState({ sku: '', name: '', barcode: '', price: '', currency: usual });
  const [stocked, setStocked] = useState(true);
  const set = (field: keyof typeof input) => (value: string) => setInput({ ...input, [field]: value });
  const submit = async (): Promise<void> => {
    const currency = input.currency.trim().toUpperCase();
    const amount = Currency.safeParse(currency).success ? parseAmount(input.price, currency) : null;
    const result = await form.submit({
      sku: input.sku,
      name: input.name,
      unitPrice: { amount: amount ?? Number.NaN, currency },
      stocked,
      ...(input.barcode.trim() !== '' && { barcode: input.barcode }),
    });
    if (!result) return;
    if (result.kind === 'done') {
      toast.success(t('inventory.done.create_product', { name: result.output.product.name }));
    }
    onClose();
  };
  return (
    <CommandDialog
      title={t('inventory.new_product')}
      submit={t('inventory.submit.create_product')}
      form={form}
      errorText={form.error?.code === 'conflict' ? t('inventory.duplicate_product') : undefined}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <TextField
        label={t('inventory.sku')}
        autoFocus
        value={input.sku}
        onChange={set('sku')}
        error={form.errors.sku}
      />
      <TextField
        label={t('inventory.name')}
        value={input.name}
        onChange={set('name')}
        error={form.errors.name}
      />
      <TextField
        label={t('inventory.barcode')}
        optional
        value={input.barcode}
        onChange={set('barcode')}
        error={form.errors.barcode}
      />
      <div className="flex gap-3">
        <TextField
          className="flex-1"
          label={t('inventory.price')}
          inputMode="decimal"
          value={input.price}
          onChange={set('price')}
          error={form.errors['unitPrice.amount'] === undefined ? undefined : t('field.money')}
        />
        <TextField
          className="w-32"
          label={t('inventory.currency')}
          value={input.currency}
          onChange={set('currency')}
          error={form.errors['unitPrice.currency'] === undefined ? undefined : t('field.currency')}
        />
      </div>
      <StockedField checked={stocked} onChange={setStocked} />
    </CommandDialog>
  );
}
