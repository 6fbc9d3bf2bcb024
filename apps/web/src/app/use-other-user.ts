import { useEffect } from 'react';
import { useRealtime } from '../realtime/index.ts';
import { ACCOUNT_KEY, readKeptAccount } from './account-store.ts';

/**
 * Somebody else has signed in in this browser while this page was asleep: the cookie is theirs, and this page is not.
 * Nothing of theirs is to be seen or done here, so it stops before anything has come and begins anew as them.
 */
export function useOtherUser(user: string): void {
  const { client, session } = useRealtime();
  useEffect(() => {
    const leave = (): void => {
      client.stop();
      window.location.reload();
    };
    const look = (): void => {
      const now = session.getState();
      if (now && now.userId !== user) leave();
    };
    const told = ({ key }: StorageEvent): void => {
      if (key !== ACCOUNT_KEY) return;
      const account = readKeptAccount();
      if (account && account.id !== user) leave();
    };
    look();
    const unlisten = session.subscribe(look);
    window.addEventListener('storage', told);
    return () => {
      unlisten();
      window.removeEventListener('storage', told);
    };
  }, [client, session, user]);
}
