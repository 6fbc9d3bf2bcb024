import type { Order, OrderLine } from '@almenara/events';
import { useState } from 'react';
import { CommandDialog } from '../../../forms/command-dialog.tsx';
import { useCommandForm } from '../../../forms/use-command-form.ts';
import { wholeNumber } from '../../../forms/whole-number.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { SelectField } from '../../../ui/select-field.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { toast } from '../../../ui/toast.ts';

interface ShortageDialogProps {
  readonly order: Order;
  readonly line: OrderLine;
  readonly onClose: () => void;
}

/** Goods that should be on the shelf for this order and are not. */
export function ShortageDialog({ order, line, onClose }: ShortageDialogProps) {
  const { t } = useTranslation();
  const form = useCommandForm('report_shortage');
  const [zone, setZone] = useState(line.allocations[0]?.zone ?? '');
  const [missing, setMissing] = useState('1');
  const held = line.allocations.find((allocation) => allocation.zone === zone)?.quantity ?? 0;
  const submit = async (): Promise<void> => {
    const result = await form.submit({
      orderId: order.id,
      productId: line.productId,
      zone,
      missing: wholeNumber(missing),
    });
    if (!result) return;
    if (result.kind === 'done') toast.success(t('shortage.done', { number: order.number }));
    onClose();
  };
  return (
    <CommandDialog
      title={t('shortage.title', { product: line.name })}
      description={t('shortage.text', { number: order.number })}
      submit={t('shortage.submit')}
      form={form}
      errorText={form.error?.code === 'conflict' ? t('shortage.conflict') : undefined}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <SelectField
        label={t('shortage.zone')}
        value={zone}
        onChange={setZone}
        options={line.allocations.map((allocation) => ({
          value: allocation.zone,
          label: `${allocation.zone} × ${allocation.quantity}`,
        }))}
      />
      <TextField
        label={t('shortage.missing')}
        hint={t('shortage.held', { count: held })}
        inputMode="numeric"
        value={missing}
        onChange={setMissing}
        error={form.errors.missing}
        autoFocus
      />
    </CommandDialog>
  );
}
