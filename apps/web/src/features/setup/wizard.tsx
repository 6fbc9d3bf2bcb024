import { Outlet, useNavigate, useRouteContext, useRouter } from '@tanstack/react-router';
import { finishSetup } from '../../http/accounts.ts';
import { useRequest } from '../../http/use-request.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { MeContext, useMe } from '../../people/me.ts';
import { WebSocketProvider } from '../../realtime/index.ts';
import { useSession } from '../../session/use-session.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { DeskToaster } from '../../ui/desk-toaster.tsx';
import { KeptNews } from '../queue/index.ts';

/** The steps after the administrator's account: signed in and connected, without the desk around them. */
export function Wizard() {
  const { account, realtime } = useRouteContext({ from: '/wizard' });
  return (
    <MeContext value={account}>
      <WebSocketProvider realtime={realtime}>
        <Steps />
        <KeptNews />
        <DeskToaster />
      </WebSocketProvider>
    </MeContext>
  );
}

function Steps() {
  useSession(useMe().id);
  return <Outlet />;
}

/** Ends the first run, after `work` where there is some, and goes on to a page of the desk. */
export function useFinish() {
  const navigate = useNavigate();
  const router = useRouter();
  const request = useRequest();
  const finish = async (work?: () => Promise<unknown>, to = '/'): Promise<void> => {
    const done = await request.run(async () => {
      await work?.();
      await finishSetup();
      return true;
    });
    if (!done) return;
    // The routes loaded before still say that the first run is not finished.
    await router.invalidate();
    if (to === '/') await navigate({ to: '/', replace: true });
    else router.history.push(to);
  };
  return { ...request, finish };
}

/**
 * Leaves the rest of the first run for later: the desk does not ask again, and the company settings lead back
 * to it.
 */
export function Later() {
  const { t } = useTranslation();
  const { finish, pending, error } = useFinish();
  return (
    <div className="mt-8 border-t border-line pt-4">
      {error !== null && <Alert tone="bad">{error}</Alert>}
      <Button look="ghost" pending={pending} onClick={() => void finish()}>
        {t('setup.later')}
      </Button>
      <p className="px-3.5 text-sm text-soft">{t('setup.later_hint')}</p>
    </div>
  );
}
