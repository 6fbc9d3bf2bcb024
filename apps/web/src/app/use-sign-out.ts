import { useNavigate, useRouteContext } from '@tanstack/react-router';
import { useCallback } from 'react';
import { signOut } from '../http/account.ts';

export function useSignOut(): () => Promise<void> {
  const { accounts } = useRouteContext({ from: '/desk' });
  const navigate = useNavigate();
  return useCallback(async () => {
    await signOut();
    accounts.forget();
    await navigate({ to: '/sign-in' });
  }, [accounts, navigate]);
}
