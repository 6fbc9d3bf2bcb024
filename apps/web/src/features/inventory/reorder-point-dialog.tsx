import { commands } from '@almenara/events';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandDialog } from '../../forms/command-dialog.tsx';
import { useCommandForm } from '../../forms/use-command-form.ts';
import { wholeNumber } from '../../forms/whole-number.ts';
import { useFormats } from '../../i18n/format.ts';
import { TextField } from '../../ui/text-field.tsx';
import { toast } from '../../ui/toast.ts';
import type { StockRow } from './stock-row.ts';

export function ReorderPointDialog({ level, product, onClose }: StockRow & { onClose: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const form = useCommandForm('set_reorder_point', commands.set_reorder_point.input);
  const [point, setPoint] = useState(String(level.reorderPoint));
  const submit = async (): Promise<void> => {
    const place = { productId: product.id, zone: level.zone };
    const result = await form.submit({ ...place, reorderPoint: wholeNumber(point) });
    if (!result) return;
    if (result.kind === 'done') {
      const reorderPoint = formats.number(result.output.level.reorderPoint);
      toast.success(t('inventory.done.set_reorder_point', { reorderPoint }), { description: product.name });
    }
    onClose();
  };
  return (
    <CommandDialog
      title={t('inventory.set_reorder_point')}
      description={`${product.name} · ${level.zone}`}
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
        value={point}
        onChange={setPoint}
        error={form.errors.reorderPoint}
      />
    </CommandDialog>
  );
}
