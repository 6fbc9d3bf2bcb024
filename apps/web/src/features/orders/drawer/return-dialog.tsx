import type { Order } from '@almenara/events';
import { useState } from 'react';
import { useZones } from '../../../catalogue/use-stock.ts';
import { CommandDialog } from '../../../forms/command-dialog.tsx';
import { useCommandForm } from '../../../forms/use-command-form.ts';
import { wholeNumber } from '../../../forms/whole-number.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { SelectField } from '../../../ui/select-field.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { toast } from '../../../ui/toast.ts';

/** Goods of a shipped order that come back. */
export function ReturnDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useTranslation();
  const zones = useZones() ?? [];
  const form = useCommandForm('record_return');
  const [quantities, setQuantities] = useState<Readonly<Record<string, string>>>({});
  const [zone, setZone] = useState('');
  const [reason, setReason] = useState('');
  const back = order.lines.filter(({ id }) => !['', '0'].includes(quantities[id]?.trim() ?? ''));
  const errorOf = (lineId: string): string | undefined =>
    form.errors[`lines.${back.findIndex(({ id }) => id === lineId)}.quantity`];
  const submit = async (): Promise<void> => {
    const result = await form.submit({
      clientId: order.clientId,
      orderId: order.id,
      lines: back.map((line) => ({
        productId: line.productId,
        quantity: wholeNumber(quantities[line.id] ?? ''),
        ...(zone !== '' && { zone }),
      })),
      ...(reason.trim() !== '' && { reason }),
    });
    if (!result) return;
    if (result.kind === 'done') toast.success(t('returns.done', { number: order.number }));
    onClose();
  };
  return (
    <CommandDialog
      title={t('returns.title', { number: order.number })}
      description={t('returns.text')}
      submit={t('returns.submit')}
      form={form}
      errorText={form.error?.code === 'conflict' ? t('returns.conflict') : undefined}
      onSubmit={() => void submit()}
      onClose={onClose}
      wide
    >
      {form.errors.lines !== undefined && (
        <p role="alert" className="text-sm font-medium text-bad">
          {t('returns.lines_empty')}
        </p>
      )}
      {order.lines.map((line) => (
        <TextField
          key={line.id}
          label={line.name}
          hint={t('returns.of', { count: line.quantity - line.short })}
          inputMode="numeric"
          optional
          value={quantities[line.id] ?? ''}
          onChange={(quantity) => setQuantities({ ...quantities, [line.id]: quantity })}
          error={errorOf(line.id)}
        />
      ))}
      <SelectField
        label={t('returns.zone')}
        value={zone}
        placeholder={t('returns.zone_before')}
        options={zones.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))}
        onChange={setZone}
      />
      <TextField
        label={t('returns.reason')}
        value={reason}
        onChange={setReason}
        error={form.errors.reason}
        optional
      />
    </CommandDialog>
  );
}
