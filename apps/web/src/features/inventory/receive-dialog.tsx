import { commands, type Product } from '@almenara/events';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProductField } from '../../catalogue/product-field.tsx';
import { CommandDialog } from '../../forms/command-dialog.tsx';
import { useCommandForm } from '../../forms/use-command-form.ts';
import { wholeNumber } from '../../forms/whole-number.ts';
import { useFormats } from '../../i18n/format.ts';
import { TextField } from '../../ui/text-field.tsx';
import { toast } from '../../ui/toast.ts';
import { ZoneField } from './zone-field.tsx';

interface ReceiveDialogProps {
  /** Chosen beforehand, or null. */
  readonly product: Product | null;
  readonly zone: string | null;
  readonly onClose: () => void;
}

export function ReceiveDialog({ product: chosen, zone: given, onClose }: ReceiveDialogProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const form = useCommandForm('receive_stock', commands.receive_stock.input);
  const [product, setProduct] = useState(chosen);
  const [zone, setZone] = useState(given ?? '');
  const [quantity, setQuantity] = useState('');
  const [reason, setReason] = useState('');
  const submit = async (): Promise<void> => {
    const result = await form.submit({
      productId: product?.id ?? '',
      zone,
      quantity: wholeNumber(quantity),
      ...(reason.trim() !== '' && { reason }),
    });
    if (!result) return;
    if (result.kind === 'done') {
      const { level } = result.output;
      const onHand = formats.number(level.onHand);
      toast.success(t('inventory.done.receive_stock', { zone: level.zone, onHand }), {
        description: product?.name,
      });
    }
    onClose();
  };
  return (
    <CommandDialog
      title={t('inventory.receive')}
      {...(chosen && { description: `${chosen.name} · ${chosen.sku}` })}
      submit={t('inventory.submit.receive_stock')}
      form={form}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      {!chosen && <ProductField product={product} onPick={setProduct} error={form.errors.productId} />}
      <ZoneField label={t('inventory.zone')} value={zone} onChange={setZone} error={form.errors.zone} />
      <TextField
        label={t('inventory.quantity')}
        inputMode="numeric"
        autoFocus={chosen !== null}
        value={quantity}
        onChange={setQuantity}
        error={form.errors.quantity}
      />
      <TextField
        label={t('inventory.reason')}
        value={reason}
        onChange={setReason}
        error={form.errors.reason}
        optional
      />
    </CommandDialog>
  );
}
