import { available } from '@almenara/events';
import { useState } from 'react';
import { useLevel } from '../../catalogue/use-stock.ts';
import { CommandDialog } from '../../forms/command-dialog.tsx';
import { undoToast } from '../../forms/undo-toast.tsx';
import { useCommandForm } from '../../forms/use-command-form.ts';
import { wholeNumber } from '../../forms/whole-number.ts';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { TextField } from '../../ui/text-field.tsx';
import { LevelChange } from './level-change.tsx';
import { onlyAvailable } from './only-available.ts';
import type { StockProduct } from './stock-row.ts';
import { ZoneField } from './zone-field.tsx';

interface TransferDialogProps {
  readonly product: StockProduct;
  readonly zone: string;
  readonly onClose: () => void;
}

export function TransferDialog({ product, zone: from, onClose }: TransferDialogProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const form = useCommandForm('transfer_stock');
  const [to, setTo] = useState('');
  const [typed, setTyped] = useState('');
  const source = useLevel(from, product.id);
  const target = useLevel(to, product.id);
  const quantity = wholeNumber(typed);
  const submit = async (): Promise<void> => {
    const result = await form.submit({ productId: product.id, from, to, quantity });
    if (!result) return;
    if (result.kind === 'done') {
      const onHand = formats.number(result.output.to.onHand);
      undoToast(t('inventory.done.transfer_stock', { zone: to, onHand }), {
        about: product.name,
        name: 'transfer_stock',
        input: { productId: product.id, from: to, to: from, quantity },
      });
    }
    onClose();
  };
  return (
    <CommandDialog
      title={t('inventory.transfer')}
      description={`${product.name} · ${t('inventory.from')} ${from}`}
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
        without={from}
      />
      <TextField
        label={t('inventory.quantity')}
        hint={t('new_order.available', { count: available(source) })}
        inputMode="numeric"
        value={typed}
        onChange={setTyped}
        error={form.errors.quantity}
      />
      <div className="flex flex-col gap-1">
        <LevelChange
          label={t('inventory.on_hand_in', { zone: from })}
          now={source.onHand}
          after={source.onHand - quantity}
        />
        {to !== '' && (
          <LevelChange
            label={t('inventory.on_hand_in', { zone: to })}
            now={target.onHand}
            after={target.onHand + quantity}
          />
        )}
      </div>
    </CommandDialog>
  );
}
