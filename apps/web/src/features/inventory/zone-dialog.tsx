import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { CommandDialog } from '../../forms/command-dialog.tsx';
import { useCommandForm } from '../../forms/use-command-form.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { TextField } from '../../ui/text-field.tsx';
import { toast } from '../../ui/toast.ts';

export function ZoneDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const form = useCommandForm('create_zone');
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const submit = async (): Promise<void> => {
    const result = await form.submit({ code: code.trim(), name });
    if (!result) return;
    onClose();
    if (result.kind === 'queued') return;
    const { zone } = result.output;
    toast.success(t('inventory.done.create_zone', { zone: zone.code }));
    await navigate({ to: '/inventory/$zone', params: { zone: zone.code } });
  };
  return (
    <CommandDialog
      title={t('inventory.new_zone')}
      submit={t('inventory.submit.create_zone')}
      form={form}
      errorText={form.error?.code === 'conflict' ? t('inventory.duplicate_zone') : undefined}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <TextField
        label={t('inventory.code')}
        autoFocus
        hint={t('field.zone')}
        value={code}
        onChange={setCode}
        error={form.errors.code === undefined ? undefined : t('field.zone')}
      />
      <TextField label={t('inventory.name')} value={name} onChange={setName} error={form.errors.name} />
    </CommandDialog>
  );
}
