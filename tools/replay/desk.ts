import { type Client, createClient } from '@almenara/client';
import type { QueryParams, QueryResult } from '@almenara/events';
import { queries, Role } from '@almenara/events';
import { z } from 'zod';
import { ReplayError } from './replay-error.ts';

const DEMO = { email: 'operator@demo.test', password: 'almenara-demo' };
const CONNECT_MS = 15_000;

export interface SignIn {
  readonly url: string;
  readonly key: string | undefined;
  readonly email: string | undefined;
  readonly password: string | undefined;
}

/** A desk that was signed in to: commands over its socket, reads over HTTP. */
export interface Desk extends Disposable {
  readonly client: Client;
  /** Every item of a list, page after page. */
  all<N extends ListName>(name: N, params?: Partial<QueryParams<N>>): Promise<ItemOf<N>[]>;
}
type ListName = 'list_clients' | 'list_products' | 'list_zones' | 'list_levels';
type ItemOf<N extends ListName> = QueryResult<N>['items'][number];

/** @throws ReplayError if nobody answers there, or nobody is let in who may write */
export async function openDesk(signIn: SignIn): Promise<Desk> {
  const token = await findToken(signIn);
  const { url } = signIn;
  const client = createClient({ url, credentials: () => ({ token }) });
  client.start();
  try {
    const role = await connected(client, url);
    if (role === 'viewer') throw new ReplayError('A viewer may not place orders. Sign in as an operator.');
  } catch (error) {
    client.stop();
    throw error;
  }
  return {
    client,
    all: async (name, params = {}) => {
      const items: ItemOf<typeof name>[] = [];
      let cursor: string | null = null;
      do {
        const search = new URLSearchParams({ limit: '200', ...stringsOf(params), ...(cursor && { cursor }) });
        const answer = await ask(`${url}${queries[name].path}?${search}`, {
          headers: { authorization: `Bearer ${token}` },
        });
        const page: QueryResult<typeof name> = queries[name].result.parse(answer) as QueryResult<typeof name>;
        items.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return items;
    },
    [Symbol.dispose]: () => client.stop(),
  };
}

const stringsOf = (params: object): Record<string, string> =>
  Object.fromEntries(Object.entries(params).map(([key, value]) => [key, String(value)]));

async function findToken({ url, key, email, password }: SignIn): Promise<string> {
  if (key !== undefined) return key;
  const { demo } = z.object({ demo: z.boolean() }).parse(await ask(`${url}/api/about`));
  const account = email !== undefined && password !== undefined ? { email, password } : demo ? DEMO : null;
  if (!account || (email === undefined) !== (password === undefined)) {
    throw new ReplayError(
      'Say who you are: --key, or --email and --password. This desk has no demo accounts.',
    );
  }
  const answer = await ask(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(account),
  });
  return z.object({ token: z.string() }).parse(answer).token;
}

/** @throws ReplayError with what the server says, or that it does not */
async function ask(address: string, init?: RequestInit): Promise<unknown> {
  const { origin } = new URL(address);
  const response = await fetch(address, init).catch((error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    throw new ReplayError(`No desk answers at ${origin}${cause}`);
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok && body !== null) return body;
  if (response.status === 401)
    throw new ReplayError('The sign-in is not accepted: is the key or password right?');
  const told = z.object({ detail: z.string() }).safeParse(body);
  throw new ReplayError(
    told.success ? told.data.detail : `${origin} is no Almenara desk: it answered ${response.status}.`,
  );
}

function connected(client: Client, url: string): Promise<Role> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => settle(() => reject(new ReplayError(`No connection to ${url}.`))),
      CONNECT_MS,
    );
    const look = (): void => {
      const session = client.session.get();
      const state = client.connection.get();
      if (session) settle(() => resolve(Role.parse(session.role)));
      else if (state.kind === 'needs_auth' || state.kind === 'refused') {
        settle(() => reject(new ReplayError(`The desk does not let this sign-in in: ${state.message}`)));
      }
    };
    const stops = [client.session.subscribe(look), client.connection.subscribe(look)];
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      for (const stop of stops) stop();
      act();
    };
    look();
  });
}
