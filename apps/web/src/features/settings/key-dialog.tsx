import type { Role } from '@almenara/events';
import { useState } from 'react';
import { useFieldErrors } from '../../forms/field-errors.ts';
import { makeKey } from '../../http/accounts.ts';
import { useRequest } from '../../http/use-request.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { RequestDialog } from './request-dialog.tsx';
import { RoleField } from './role-field.tsx';
import { SecretForm } from './secret-form.tsx';

const DAYS = [30, 90, 365] as const;

/** Makes a key and shows it, once. */
export function KeyDialog({ onMade, onClose }: { onMade: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const request = useRequest();
  const { errors, checking, check } = useFieldErrors(({ KeyInput }) => KeyInput);
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('operator');
  const [days, setDays] = useState('');
  const [made, setMade] = useState<{ name: string; key: string } | null>(null);
  const submit = async (): Promise<void> => {
    const input = { name, role, ...(days !== '' && { expiresInDays: Number(days) }) };
    if (!(await check(input))) return;
    const key = await request.run(() => makeKey(input));
    if (!key) return;
    setMade(key);
    onMade();
  };
  return (
    <RequestDialog
      {...(made
        ? { title: t('keys.made_title', { name: made.name }), description: t('keys.made_text') }
        : { title: t('keys.new_title') })}
      submit={t('keys.submit')}
      request={{ ...request, pending: checking || request.pending }}
      onSubmit={() => void submit()}
      onClose={onClose}
      result={
        made && <SecretForm label={t('keys.key')} value={made.key} done={t('keys.done')} onDone={onClose} />
      }
    >
      <TextField
        label={t('keys.name')}
        hint={t('keys.name_hint')}
        autoFocus
        value={name}
        onChange={setName}
        error={errors.name ?? request.fields.name}
      />
      <RoleField label={t('keys.role')} role={role} onChange={setRole} />
      <SelectField
        label={t('keys.ends')}
        value={days}
        placeholder={t('keys.ends_never')}
        options={DAYS.map((count) => ({ value: String(count), label: t('keys.ends_days', { count }) }))}
        onChange={setDays}
      />
    </RequestDialog>
  );
}
