import { useRouteContext, useRouter } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';
import { signOut } from '../http/account.ts';
import { useRealtime } from '../realtime/index.ts';
import { ACCOUNT_KEY, readKeptAccount } from './account-store.ts';
import { returnPath } from './return-path.ts';
import { SessionCheck } from './session-check.ts';

/**
 * Goes to the sign-in, which comes back to this page, when nobody is signed in in this browser any more; and begins anew
 * when somebody else is, before anything of theirs has come. What it returns goes there because a person wants to.
 */
export function useSession(user: string): () => void {
  const { accounts, desks } = useRouteContext({ from: '__root__' });
  const { client, connection, session } = useRealtime();
  const router = useRouter();

  const leave = useCallback((): void => {
    const state = connection.getState();
    accounts.forget();
    // When somebody has ended the session, here or from another device, this browser's copy of the desk is
    // removed, too. A session that has only expired keeps it: its owner signs in again.
    if (state.kind !== 'needs_auth' || state.reason !== 'expired') void desks.forget();
    const from = returnPath(router.state.location.href);
    void router.navigate({ to: '/sign-in', search: { ...(from !== null && { from }), expired: true } });
  }, [accounts, desks, connection, router]);

  useEffect(() => {
    const check = new SessionCheck({
      user,
      ask: accounts.ask,
      refused: () => connection.getState().kind === 'needs_auth',
      connect: () => client.retryNow(),
      signIn: () => {
        // With no account in the store, a sign-out in this tab is already on its way to the sign-in page.
        if (accounts.store.getState() !== null) leave();
      },
      startAnew: () => {
        client.stop();
        window.location.reload();
      },
    });
    const connected = (): void => {
      const { kind } = connection.getState();
      if (kind === 'needs_auth') check.look();
      if (kind === 'online') check.settled();
    };
    const greeted = (): void => {
      const now = session.getState();
      if (now && now.userId !== user) check.isOther();
    };
    const kept = (): void => {
      const account = readKeptAccount();
      if (!account) check.look();
      else if (account.id !== user) check.isOther();
    };
    // Another tab has signed out or in. `key` is null where all was cleared.
    const told = ({ key }: StorageEvent): void => {
      if (key === ACCOUNT_KEY || key === null) kept();
    };
    // The page comes back from the browser's memory: it missed what other tabs did meanwhile.
    const shown = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) kept();
    };
    connected();
    greeted();
    const unlisten = [connection.subscribe(connected), session.subscribe(greeted)];
    window.addEventListener('storage', told);
    window.addEventListener('pageshow', shown);
    return () => {
      check.stop();
      for (const stop of unlisten) stop();
      window.removeEventListener('storage', told);
      window.removeEventListener('pageshow', shown);
    };
  }, [accounts, client, connection, session, user, leave]);

  return useCallback(() => {
    // The server may still hold a session whose cookie it refuses: signing out first makes the next sign-in a
    // new one.
    void signOut()
      .catch(() => {})
      .then(leave);
  }, [leave]);
}
