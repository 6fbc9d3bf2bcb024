import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Account, getAccount } from '../http/account.ts';

/** Who is signed in here. Asked of the server once, and again after `forget`. */
export interface AccountStore {
  readonly store: StoreApi<Account | null>;
  load(): Promise<Account | null>;
  signedIn(account: Account): void;
  forget(): void;
}

export function createAccountStore(): AccountStore {
  const store = createStore<Account | null>(() => null);
  return {
    store,
    load: async () => {
      const known = store.getState();
      if (known) return known;
      const account = await getAccount();
      store.setState(account, true);
      return account;
    },
    signedIn: (account) => store.setState(account, true),
    forget: () => store.setState(null, true),
  };
}
