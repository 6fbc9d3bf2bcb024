import { useNavigate, useRouteContext } from '@tanstack/react-router';
import { signOut } from '../http/account.ts';

export function useSignOut(): () => Promise<void> {
  const { accounts } = useRouteContext({ from: '/desk' });
  const navigate = useNavigate();
  return async () => {
    await signOut();
    accounts.forget();
    await navigate({ to: '/sign-in' });
  };
}
