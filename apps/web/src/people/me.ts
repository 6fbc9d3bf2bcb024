import { type Role, WRITERS } from '@almenara/events';
import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { Account } from '../http/account.ts';
import { useRealtime } from '../realtime/index.ts';

export const MeContext = createContext<Account | null>(null);

/** Who is signed in here. */
export function useMe(): Account {
  const me = use(MeContext);
  if (!me) throw new Error('Used outside the desk');
  return me;
}

/** The server's word as of the last connection counts; until then what the sign-in said. */
export function useRole(): Role {
  const { role } = useMe();
  return useStore(useRealtime().session, (session) => session?.role ?? role);
}

/** Whether to offer what changes anything. The server decides again. */
export const useCanWrite = (): boolean => WRITERS.includes(useRole());
