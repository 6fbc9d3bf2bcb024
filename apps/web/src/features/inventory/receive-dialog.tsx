import { useRef, useState } from 'react';
import { ProductField } from '../../catalogue/product-field.tsx';
import { useLevel } from '../../catalogue/use-stock.ts';
import { CommandDialog } from '../../forms/command-dialog.tsx';
import { undoToast } from '../../forms/undo-toast.tsx';
import { useCommandForm } from '../../forms/use-command-form.ts';
import { wholeNumber } from '../../forms/whole-number.ts';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { TextField } from '../../ui/text-field.tsx';
import { LevelChange } from './level-change.tsx';
import type { StockProduct } from './stock-row.ts';
import { ZoneField } from './zone-field.tsx';

interface ReceiveDialogProps {
  /** Chosen beforehand, or null. */
  readonly product: StockProduct | null;
  readonly zone: string | null;
  readonly onClose: () => void;
}

export function ReceiveDialog({ product: chosen, zone: given, onClose }: ReceiveDialogProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const form = useCommandForm('receive_stock');
  const [product, setProduct] = useState(chosen);
  const [zone, setZone] = useState(given ?? '');
  const [typed, setTyped] = useState('');
  const quantity = wholeNumber(typed);
  const quantityInput = useRef<HTMLInputElement>(null);
  const level = useLevel(zone, product?.id ?? '');
  const [reason, setReason] = useState('');
  const submit = async (): Promise<void> => {
    const result = await form.submit({
      productId: product?.id ?? '',
      zone,
      quantity,
      ...(reason.trim() !== '' && { reason }),
    });
    if (!result) return;
    if (result.kind === 'done' && product) {
      const { onHand } = result.output.level;
      undoToast(t('inventory.done.receive_stock', { zone, onHand: formats.number(onHand) }), {
        about: product.name,
        name: 'adjust_stock',
        input: {
          productId: product.id,
          zone,
          delta: -quantity,
          reason: t('inventory.undo_reason', { what: t('inventory.receive') }),
        },
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
      {!chosen && (
        <ProductField
          autoFocus
          product={product}
          onPick={(picked) => {
            setProduct(picked);
            // After a scan the focus goes on to the quantity, which is what is typed next.
            if (picked) quantityInput.current?.focus();
          }}
          error={form.errors.productId}
        />
      )}
      <ZoneField label={t('inventory.zone')} value={zone} onChange={setZone} error={form.errors.zone} />
      <TextField
        label={t('inventory.quantity')}
        inputMode="numeric"
        autoFocus={chosen !== null}
        value={typed}
        onChange={setTyped}
        error={form.errors.quantity}
        inputRef={quantityInput}
      />
      {product && zone !== '' && (
        <LevelChange label={t('inventory.on_hand')} now={level.onHand} after={level.onHand + quantity} />
      )}
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
