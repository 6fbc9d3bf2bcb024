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
import type { StockProduct } from './stock-row.ts';

interface ReorderPointDialogProps {
  readonly product: StockProduct;
  readonly zone: string;
  readonly onClose: () => void;
}

export function ReorderPointDialog({ product, zone, onClose }: ReorderPointDialogProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const level = useLevel(zone, product.id);
  const form = useCommandForm('set_reorder_point');
  const [point, setPoint] = useState<string | null>(null);
  const typed = point ?? String(level.reorderPoint);
  const submit = async (): Promise<void> => {
    const place = { productId: product.id, zone };
    const before = level.reorderPoint;
    const result = await form.submit({ ...place, reorderPoint: wholeNumber(typed) });
    if (!result) return;
    if (result.kind === 'done') {
      const reorderPoint = formats.number(result.output.level.reorderPoint);
      undoToast(t('inventory.done.set_reorder_point', { reorderPoint }), {
        about: `${product.name} · ${zone}`,
        name: 'set_reorder_point',
        input: { ...place, reorderPoint: before },
      });
    }
    onClose();
  };
  return (
    <CommandDialog
      title={t('inventory.set_reorder_point')}
      description={`${product.name} · ${zone}`}
      submit={t('inventory.submit.set_reorder_point')}
      form={form}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <TextField
        label={t('inventory.reorder_point')}
        hint={t('inventory.reorder_hint')}
        inputMode="numeric"
        autoFocus
        value={typed}
        onChange={setPoint}
        error={form.errors.reorderPoint}
      />
      <LevelChange label={t('inventory.available')} now={available(level)} after={Number.NaN} />
    </CommandDialog>
  );
}
