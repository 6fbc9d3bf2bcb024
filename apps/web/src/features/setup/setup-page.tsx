import { useNavigate, useRouteContext } from '@tanstack/react-router';
import { useState } from 'react';
import { useFieldErrors } from '../../forms/field-errors.ts';
import { setUp, signIn } from '../../http/account.ts';
import { useProblemText } from '../../http/problem-text.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { StepPage } from './steps.tsx';

/** The first run: the administrator makes their own account. */
export function SetupPage() {
  const { t } = useTranslation();
  const { accounts } = useRouteContext({ from: '/setup' });
  const navigate = useNavigate();
  const problemText = useProblemText();
  const { errors, checking, check } = useFieldErrors(({ SetupInput }) => SetupInput);
  const [input, setInput] = useState({ name: '', email: '', password: '' });
  const [error, setError] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const set = (field: keyof typeof input) => (value: string) => setInput({ ...input, [field]: value });

  const submit = async (): Promise<void> => {
    const account = { ...input, name: input.name.trim(), email: input.email.trim() };
    if (!(await check(account))) return;
    setPending(true);
    setError(null);
    try {
      await setUp(account);
      accounts.signedIn((await signIn(account.email, account.password)).user);
      await navigate({ to: '/setup/company', replace: true });
    } catch (problem) {
      setError(problemText(problem, { 409: t('setup.taken') }));
    } finally {
      setPending(false);
    }
  };

  return (
    <StepPage step="administrator" title={t('setup.title')} lead={t('setup.lead')}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {error !== null && <Alert tone="bad">{error}</Alert>}
        <TextField
          label={t('setup.name')}
          autoComplete="name"
          autoFocus
          value={input.name}
          onChange={set('name')}
          error={errors.name}
        />
        <TextField
          label={t('sign_in.email')}
          type="email"
          autoComplete="username"
          value={input.email}
          onChange={set('email')}
          error={errors.email}
        />
        <TextField
          label={t('sign_in.password')}
          type="password"
          autoComplete="new-password"
          hint={t('setup.password_hint')}
          value={input.password}
          onChange={set('password')}
          error={errors.password}
        />
        <Button type="submit" look="primary" pending={checking || pending}>
          {t('setup.submit')}
        </Button>
      </form>
    </StepPage>
  );
}
