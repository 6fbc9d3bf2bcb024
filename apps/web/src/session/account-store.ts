import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Account, getAccount, readAccount } from '../http/account.ts';
import { Problem } from '../http/problem.ts';

/** Who is signed in here. Asked of the server once, and again after `forget`. */
export interface AccountStore {
  readonly store: StoreApi<Account | null>;
  /** Without network it is whoever was signed in last: what they had on the screen is theirs to read. */
  load(): Promise<Account | null>;
  /** Who is signed in now, by the server's word, whatever is known. Rejects where it is not reached. */
  ask(): Promise<Account | null>;
  signedIn(account: Account): void;
  forget(): void;
}

export const ACCOUNT_KEY = 'almenara.account';

export function createAccountStore(): AccountStore {
  const store = createStore<Account | null>(() => null);
  const know = (account: Account | null): Account | null => {
    store.setState(account, true);
    keep(account);
    return account;
  };
  return {
    store,
    load: async () => {
      const known = store.getState();
      if (known) return known;
      try {
        return know(await getAccount());
      } catch (error) {
        const last = isUnreachable(error) ? readKeptAccount() : null;
        if (!last) throw error;
        store.setState(last, true);
        return last;
      }
    },
    ask: async () => {
      const account = await getAccount();
      // Another tab may have taken the session for ended and removed the kept account: it is written again.
      if (account && account.id === store.getState()?.id) know(account);
      return account;
    },
    signedIn: know,
    forget: () => know(null),
  };
}

/** No network, or a proxy before a server that is down. */
const isUnreachable = (error: unknown): boolean =>
  error instanceof Problem && (error.status === 0 || error.status >= 502);

/** Whoever was signed in here last. */
export function readKeptAccount(): Account | null {
  try {
    return readAccount(JSON.parse(localStorage.getItem(ACCOUNT_KEY) ?? 'null'));
  } catch {
    return null;
  }
}

function keep(account: Account | null): void {
  try {
    if (account) localStorage.setItem(ACCOUNT_KEY, JSON.stringify(account));
    else localStorage.removeItem(ACCOUNT_KEY);
  } catch {
    // The browser does not let us store anything: this desk then does not open without network.
  }
}
