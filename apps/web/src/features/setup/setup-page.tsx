import { useLocation, useNavigate, useRouteContext } from '@tanstack/react-router';
import { useState } from 'react';
import { useFieldErrors } from '../../forms/field-errors.ts';
import { setUp, signIn } from '../../http/account.ts';
import { Problem } from '../../http/problem.ts';
import { useProblemText } from '../../http/problem-text.ts';
import { useWeakPassword } from '../../http/weak-password.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { StepPage } from './steps.tsx';

/** The first run: the administrator makes their own account, with the link that the server printed if it takes one. */
export function SetupPage() {
  const { t } = useTranslation();
  const { byLink } = useRouteContext({ from: '/setup' });
  // The token is in the fragment, which browsers send neither to servers nor to other sites.
  const token = useLocation({ select: ({ hash }) => hash });
  if (!byLink || token !== '') return <AdministratorForm token={token} />;
  return (
    <StepPage step="administrator" title={t('setup.title')} lead={t('setup.link_lead')}>
      <p className="mb-3">{t('setup.link_where')}</p>
      <p className="text-soft">{t('setup.link_new')}</p>
    </StepPage>
  );
}

function AdministratorForm({ token }: { token: string }) {
  const { t } = useTranslation();
  const { accounts } = useRouteContext({ from: '/setup' });
  const navigate = useNavigate();
  const problemText = useProblemText();
  const weakPassword = useWeakPassword();
  const { errors, checking, check } = useFieldErrors(({ SetupInput }) => SetupInput);
  const [input, setInput] = useState({ name: '', email: '', password: '' });
  const [error, setError] = useState<string | null>(null);
  const [weak, setWeak] = useState<string>();
  const [pending, setPending] = useState(false);
  const set = (field: keyof typeof input) => (value: string) => setInput({ ...input, [field]: value });

  const submit = async (): Promise<void> => {
    const account = { ...input, name: input.name.trim(), email: input.email.trim() };
    if (!(await check(account))) return;
    setPending(true);
    setError(null);
    setWeak(undefined);
    try {
      await setUp({ ...account, ...(token !== '' && { token }) });
      accounts.signedIn((await signIn(account.email, account.password)).user);
      await navigate({ to: '/setup/company', replace: true });
    } catch (problem) {
      const found = problem instanceof Problem ? weakPassword(problem.details) : undefined;
      setWeak(found);
      if (found === undefined)
        setError(problemText(problem, { 403: t('setup.link_bad'), 409: t('setup.taken') }));
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
          error={errors.password ?? weak}
        />
        <Button type="submit" look="primary" pending={checking || pending}>
          {t('setup.submit')}
        </Button>
      </form>
    </StepPage>
  );
}
