import { useNavigate, useRouteContext, useRouter } from '@tanstack/react-router';
import { useEffect, useEffectEvent } from 'react';
import { useStore } from 'zustand';
import { useRealtime } from '../realtime/index.ts';

/** Goes to the sign-in, which comes back to this page; by itself when the connection asks for one. */
export function useSignInAgain(): () => void {
  const { accounts } = useRouteContext({ from: '/desk' });
  const navigate = useNavigate();
  const router = useRouter();
  const needed = useStore(useRealtime().connection, (state) => state.kind === 'needs_auth');
  const go = (): void => {
    accounts.forget();
    void navigate({ to: '/sign-in', search: { from: router.state.location.href, expired: true } });
  };
  const goNow = useEffectEvent(go);
  useEffect(() => {
    if (needed) goNow();
  }, [needed]);
  return go;
}
