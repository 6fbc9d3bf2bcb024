import { commands } from '@almenara/events';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandDialog } from '../../forms/command-dialog.tsx';
import { useCommandForm } from '../../forms/use-command-form.ts';
import { wholeNumber } from '../../forms/whole-number.ts';
import { useFormats } from '../../i18n/format.ts';
import { Alert } from '../../ui/alert.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { toast } from '../../ui/toast.ts';
import { onlyAvailable } from './only-available.ts';
import type { StockRow } from './stock-row.ts';

export function AdjustDialog({ level, product, onClose }: StockRow & { onClose: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const form = useCommandForm('adjust_stock', commands.adjust_stock.input);
  const [delta, setDelta] = useState('');
  const [reason, setReason] = useState('');
  const after = level.onHand + wholeNumber(delta);
  const submit = async (): Promise<void> => {
    const place = { productId: product.id, zone: level.zone };
    const result = await form.submit({ ...place, delta: wholeNumber(delta), reason });
    if (!result) return;
    if (result.kind === 'done') {
      const onHand = formats.number(result.output.level.onHand);
      toast.success(t('inventory.done.adjust_stock', { zone: level.zone, onHand }), {
        description: product.name,
      });
    }
    onClose();
  };
  const deltaError =
    wholeNumber(delta) === 0 && form.errors.delta !== undefined ? t('field.not_zero') : form.errors.delta;
  return (
    <CommandDialog
      title={t('inventory.adjust')}
      description={`${product.name} · ${level.zone}`}
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
        value={delta}
        onChange={setDelta}
        error={deltaError}
      />
      <p className="flex justify-between text-soft">
        <span>{t('inventory.on_hand')}</span>
        <span>
          {formats.number(level.onHand)}
          {!Number.isNaN(after) && <strong className="text-ink"> → {formats.number(after)}</strong>}
        </span>
      </p>
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
