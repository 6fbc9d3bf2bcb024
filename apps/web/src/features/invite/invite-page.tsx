import type { Invite } from '@almenara/events';
import { Link, useNavigate, useParams, useRouteContext } from '@tanstack/react-router';
import { useState } from 'react';
import { useFieldErrors } from '../../forms/field-errors.ts';
import { signIn } from '../../http/account.ts';
import { acceptInvite, lookAtInvite } from '../../http/accounts.ts';
import { Problem } from '../../http/problem.ts';
import { useProblemText } from '../../http/problem-text.ts';
import { useHttpQuery } from '../../http/use-http-query.ts';
import { useRequest } from '../../http/use-request.ts';
import { useWeakPassword } from '../../http/weak-password.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Alert } from '../../ui/alert.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Entrance } from '../../ui/entrance.tsx';
import { Skeleton } from '../../ui/placeholder.tsx';
import { TextField } from '../../ui/text-field.tsx';

/** /invite/$token: whoever was sent the link sees who they will be, and chooses a password. */
export function InvitePage() {
  const { t } = useTranslation();
  const { token } = useParams({ from: '/invite/$token' });
  const { value, error, reload } = useHttpQuery(token, () => lookAtInvite(token), { onFront: true });
  const problemText = useProblemText();
  const [gone, setGone] = useState(false);
  if (gone || (value === null && error instanceof Problem && error.status === 404)) {
    return (
      <Entrance title={t('invite.bad_title')} lead={t('invite.bad_text')}>
        <Link to="/sign-in" className="control inline-flex items-center text-cool underline">
          {t('invite.sign_in')}
        </Link>
      </Entrance>
    );
  }
  const lead = value?.company ? t('invite.lead', { company: value.company }) : t('invite.lead_plain');
  return (
    <Entrance title={t('invite.title')} lead={lead}>
      {value === null && error === null && (
        <div role="status" aria-label={t('app.loading')}>
          <Skeleton className="h-56" />
        </div>
      )}
      {value === null && error !== null && (
        <Alert tone="bad">
          <p className="mb-2">{problemText(error)}</p>
          <Button onClick={reload}>{t('action.retry')}</Button>
        </Alert>
      )}
      {value !== null && <AcceptForm token={token} invite={value} onGone={() => setGone(true)} />}
    </Entrance>
  );
}

interface AcceptFormProps {
  readonly token: string;
  readonly invite: Invite;
  readonly onGone: () => void;
}

function AcceptForm({ token, invite, onGone }: AcceptFormProps) {
  const { t } = useTranslation();
  const { accounts } = useRouteContext({ from: '__root__' });
  const navigate = useNavigate();
  const request = useRequest({ account: t('people.refused.account') });
  const weak = useWeakPassword()(request.details);
  const { errors, checking, check } = useFieldErrors(({ AcceptInput }) => AcceptInput);
  const [password, setPassword] = useState('');
  const submit = async (): Promise<void> => {
    if (!(await check({ password }))) return;
    const account = await request.run(async () => {
      try {
        await acceptInvite(token, password);
      } catch (problem) {
        if (problem instanceof Problem && problem.status === 404) onGone();
        throw problem;
      }
      return (await signIn(invite.email, password)).user;
    });
    if (!account) return;
    accounts.signedIn(account);
    await navigate({ to: '/', replace: true });
  };
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {request.error !== null && weak === undefined && <Alert tone="bad">{request.error}</Alert>}
      <div className="rounded-xl border border-line bg-surface px-3 py-2.5">
        <p className="text-sm text-soft">{t('invite.who')}</p>
        <p className="font-semibold break-words">
          {invite.name} <Badge>{t(`role.${invite.role}`)}</Badge>
        </p>
        <p className="text-sm break-all text-soft">{invite.email}</p>
      </div>
      {/* Password managers keep the password with this address. */}
      <input type="email" autoComplete="username" value={invite.email} readOnly hidden />
      <TextField
        label={t('invite.password')}
        type="password"
        autoComplete="new-password"
        autoFocus
        hint={t('setup.password_hint')}
        value={password}
        onChange={setPassword}
        error={errors.password ?? weak ?? request.fields.password}
      />
      <Button type="submit" look="primary" pending={checking || request.pending}>
        {t('invite.submit')}
      </Button>
    </form>
  );
}
