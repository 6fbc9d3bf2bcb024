import { available, commands } from '@almenara/events';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandDialog } from '../../forms/command-dialog.tsx';
import { useCommandForm } from '../../forms/use-command-form.ts';
import { wholeNumber } from '../../forms/whole-number.ts';
import { useFormats } from '../../i18n/format.ts';
import { TextField } from '../../ui/text-field.tsx';
import { toast } from '../../ui/toast.ts';
import { onlyAvailable } from './only-available.ts';
import type { StockRow } from './stock-row.ts';
import { ZoneField } from './zone-field.tsx';

export function TransferDialog({ level, product, onClose }: StockRow & { onClose: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const form = useCommandForm('transfer_stock', commands.transfer_stock.input);
  const [to, setTo] = useState('');
  const [quantity, setQuantity] = useState('');
  const submit = async (): Promise<void> => {
    const result = await form.submit({
      productId: product.id,
      from: level.zone,
      to,
      quantity: wholeNumber(quantity),
    });
    if (!result) return;
    if (result.kind === 'done') {
      const onHand = formats.number(result.output.to.onHand);
      toast.success(t('inventory.done.transfer_stock', { zone: to, onHand }), { description: product.name });
    }
    onClose();
  };
  return (
    <CommandDialog
      title={t('inventory.transfer')}
      description={`${product.name} · ${t('inventory.from')} ${level.zone}`}
      submit={t('inventory.submit.transfer_stock')}
      form={form}
      errorText={onlyAvailable(t, form.error)}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <ZoneField
        label={t('inventory.to')}
        value={to}
        onChange={setTo}
        error={form.errors.to}
        without={level.zone}
      />
      <TextField
        label={t('inventory.quantity')}
        hint={t('new_order.available', { count: available(level) })}
        inputMode="numeric"
        value={quantity}
        onChange={setQuantity}
        error={form.errors.quantity}
      />
    </CommandDialog>
  );
}
