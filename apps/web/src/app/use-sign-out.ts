import { useNavigate, useRouteContext } from '@tanstack/react-router';
import { useCallback } from 'react';
import { signOut } from '../http/account.ts';

/** Signs out, and takes along what this browser kept of the user, but for what has not been sent. */
export function useSignOut(): () => Promise<void> {
  const { accounts, desks } = useRouteContext({ from: '/desk' });
  const navigate = useNavigate();
  return useCallback(async () => {
    await signOut();
    accounts.forget();
    try {
      // Before going on: nothing of the user may be left should the next page take long to load.
      await desks.forget();
    } finally {
      await navigate({ to: '/sign-in' });
    }
  }, [accounts, desks, navigate]);
}
