import { useState } from 'react';
import { useFieldErrors } from '../../forms/field-errors.ts';
import { changePassword } from '../../http/accounts.ts';
import { useRequest } from '../../http/use-request.ts';
import { useWeakPassword } from '../../http/weak-password.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { toast } from '../../ui/toast.ts';

const EMPTY = { current: '', next: '' };

/** Takes the current one, so that an unlocked screen is not enough. */
export function PasswordForm({ onChanged }: { onChanged: () => void }) {
  const { t } = useTranslation();
  const request = useRequest();
  const { errors, checking, check } = useFieldErrors(({ PasswordChange }) => PasswordChange);
  const [input, setInput] = useState(EMPTY);
  const [signOutOthers, setSignOutOthers] = useState(true);
  const isWrong = request.fields.current !== undefined;
  const weak = useWeakPassword()(request.details);
  const set = (field: keyof typeof input) => (value: string) => {
    setInput({ ...input, [field]: value });
    if (isWrong || weak !== undefined) request.reset();
  };
  const submit = async (): Promise<void> => {
    const change = { ...input, signOutOthers };
    if (!(await check(change))) return;
    const done = await request.run(async () => {
      await changePassword(change);
      return true;
    });
    if (!done) return;
    setInput(EMPTY);
    toast.success(t('devices.password_changed'));
    onChanged();
  };
  return (
    <form
      noValidate
      className="flex max-w-lg flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {request.error !== null && !isWrong && weak === undefined && <Alert tone="bad">{request.error}</Alert>}
      <TextField
        label={t('devices.current')}
        type="password"
        autoComplete="current-password"
        value={input.current}
        onChange={set('current')}
        error={errors.current ?? (isWrong ? t('devices.wrong') : undefined)}
      />
      <TextField
        label={t('devices.next')}
        type="password"
        autoComplete="new-password"
        hint={t('setup.password_hint')}
        value={input.next}
        onChange={set('next')}
        error={errors.next ?? weak}
      />
      <label className="control flex items-center gap-2.5">
        <input
          type="checkbox"
          className="size-4.5 accent-(--action)"
          checked={signOutOthers}
          onChange={(event) => setSignOutOthers(event.target.checked)}
        />
        {t('devices.sign_out_others')}
      </label>
      <Button type="submit" className="self-start" pending={checking || request.pending}>
        {t('devices.password_submit')}
      </Button>
    </form>
  );
}
