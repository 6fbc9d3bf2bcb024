import { useNavigate, useRouteContext, useRouter } from '@tanstack/react-router';
import { useEffect, useEffectEvent } from 'react';
import { useStore } from 'zustand';
import { useRealtime } from '../realtime/index.ts';

/** Goes to the sign-in, which comes back to this page; by itself when the connection asks for one. */
export function useSignInAgain(): () => void {
  const { accounts, desks } = useRouteContext({ from: '/desk' });
  const navigate = useNavigate();
  const router = useRouter();
  const needed = useStore(useRealtime().connection, (state) =>
    state.kind === 'needs_auth' ? state.reason : null,
  );
  const go = (): void => {
    accounts.forget();
    // Ended by somebody, here or from another device: what this browser kept goes too. A session that is merely old
    // is its owner's to renew.
    if (needed === 'unauthenticated') void desks.forget();
    void navigate({ to: '/sign-in', search: { from: router.state.location.href, expired: true } });
  };
  const goNow = useEffectEvent(go);
  useEffect(() => {
    if (needed !== null) goNow();
  }, [needed]);
  return go;
}
