import { useNavigate, useRouteContext, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { type Account, getAbout, signIn } from '../../http/account.ts';
import { Problem } from '../../http/problem.ts';
import { useProblemText } from '../../http/problem-text.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { ACCOUNT_KEY } from '../../session/account-store.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Entrance } from '../../ui/entrance.tsx';
import { TextField } from '../../ui/text-field.tsx';

const DEMO_ACCOUNTS = ['admin@demo.test', 'operator@demo.test', 'viewer@demo.test'];
const DEMO_PASSWORD = 'almenara-demo';

export function SignInPage() {
  const { t } = useTranslation();
  const { expired } = useSearch({ from: '/sign-in' });
  const { email, password, setEmail, setPassword, error, pending, submit, goOn } = useSignIn();
  const demo = useIsDemo();
  const somebody = useSomebody();
  return (
    <Entrance title={t('sign_in.title')} lead={expired ? t('sign_in.expired') : ''}>
      <div role="status">
        {somebody && (
          <div className="mb-6 flex flex-wrap items-center justify-between gap-2 rounded-xl border border-line bg-surface p-3">
            <p className="min-w-0 break-words">{t('sign_in.somebody', { name: somebody.name })}</p>
            <Button onClick={() => void goOn(somebody)}>{t('sign_in.go_on')}</Button>
          </div>
        )}
      </div>
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
          label={t('sign_in.email')}
          type="email"
          autoComplete="username"
          autoFocus
          value={email}
          onChange={setEmail}
        />
        <TextField
          label={t('sign_in.password')}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
        <Button type="submit" look="primary" pending={pending}>
          {t('sign_in.submit')}
        </Button>
      </form>
      {demo && (
        <section className="mt-6 rounded-xl border border-line bg-surface p-3">
          <p className="px-1 text-sm text-soft">{t('sign_in.demo', { password: DEMO_PASSWORD })}</p>
          <div className="mt-1 flex flex-col">
            {DEMO_ACCOUNTS.map((account) => (
              <button
                key={account}
                type="button"
                className="control rounded-lg px-1 text-left font-mono text-sm text-cool hover:underline"
                onClick={() => {
                  setEmail(account);
                  setPassword(DEMO_PASSWORD);
                }}
              >
                {account}
              </button>
            ))}
          </div>
        </section>
      )}
    </Entrance>
  );
}

function useSignIn() {
  const { t } = useTranslation();
  const { accounts } = useRouteContext({ from: '/sign-in' });
  const { from } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const { history } = useRouter();
  const problemText = useProblemText();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const goOn = async (user: Account): Promise<void> => {
    accounts.signedIn(user);
    if (from === undefined) await navigate({ to: '/', replace: true });
    else history.replace(from);
  };
  const submit = async (): Promise<void> => {
    setPending(true);
    setError(null);
    try {
      await goOn((await signIn(email.trim(), password)).user);
    } catch (problem) {
      setError(
        problemText(problem, {
          400: t('sign_in.wrong'),
          401: t('sign_in.wrong'),
          403: t('sign_in.deactivated'),
          429: t('sign_in.too_many', { count: minutesToWait(problem) }),
        }),
      );
    } finally {
      setPending(false);
    }
  };
  return { email, password, setEmail, setPassword, error, pending, submit, goOn };
}

/**
 * How many minutes the server wants somebody to wait after wrong passwords, to be told so that nobody tries in
 * vain.
 */
const minutesToWait = (problem: unknown): number =>
  Math.ceil(((problem instanceof Problem ? problem.retryAfter : null) ?? 60) / 60);

/** Who is signed in in this browser already, as from another tab: they need no password here. */
function useSomebody(): Account | null {
  const { accounts } = useRouteContext({ from: '/sign-in' });
  const [somebody, setSomebody] = useState<Account | null>(null);
  useEffect(() => {
    const look = (): void => void accounts.ask().then(setSomebody, () => setSomebody(null));
    const told = ({ key }: StorageEvent): void => {
      if (key === ACCOUNT_KEY || key === null) look();
    };
    look();
    window.addEventListener('storage', told);
    return () => window.removeEventListener('storage', told);
  }, [accounts]);
  return somebody;
}

function useIsDemo(): boolean {
  const [demo, setDemo] = useState(false);
  useEffect(() => void getAbout().then((about) => setDemo(about.demo)), []);
  return demo;
}
