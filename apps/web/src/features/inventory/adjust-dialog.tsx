import { useState } from 'react';
import { useLevel } from '../../catalogue/use-stock.ts';
import { CommandDialog } from '../../forms/command-dialog.tsx';
import { undoToast } from '../../forms/undo-toast.tsx';
import { useCommandForm } from '../../forms/use-command-form.ts';
import { wholeNumber } from '../../forms/whole-number.ts';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Alert } from '../../ui/alert.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { LevelChange } from './level-change.tsx';
import { onlyAvailable } from './only-available.ts';
import type { StockProduct } from './stock-row.ts';

interface AdjustDialogProps {
  readonly product: StockProduct;
  readonly zone: string;
  readonly onClose: () => void;
}

export function AdjustDialog({ product, zone, onClose }: AdjustDialogProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const level = useLevel(zone, product.id);
  const form = useCommandForm('adjust_stock');
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const delta = wholeNumber(typed);
  const after = level.onHand + delta;
  const submit = async (): Promise<void> => {
    const place = { productId: product.id, zone };
    const result = await form.submit({ ...place, delta, reason });
    if (!result) return;
    if (result.kind === 'done') {
      const onHand = formats.number(result.output.level.onHand);
      undoToast(t('inventory.done.adjust_stock', { zone, onHand }), {
        about: product.name,
        name: 'adjust_stock',
        input: { ...place, delta: -delta, reason: t('inventory.undo_reason', { what: reason.trim() }) },
      });
    }
    onClose();
  };
  const deltaError = delta === 0 && form.errors.delta !== undefined ? t('field.not_zero') : form.errors.delta;
  return (
    <CommandDialog
      title={t('inventory.adjust')}
      description={`${product.name} · ${zone}`}
      submit={t('inventory.submit.adjust_stock')}
      form={form}
      errorText={onlyAvailable(t, form.error)}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <TextField
        label={t('inventory.delta')}
        hint={t('inventory.delta_hint')}
        autoFocus
        value={typed}
        onChange={setTyped}
        error={deltaError}
      />
      <LevelChange label={t('inventory.on_hand')} now={level.onHand} after={after} />
      {after >= 0 && after < level.reserved && <Alert tone="warn">{t('inventory.below_reserved')}</Alert>}
      <TextField
        label={t('inventory.reason')}
        value={reason}
        onChange={setReason}
        error={form.errors.reason}
      />
    </CommandDialog>
  );
}
