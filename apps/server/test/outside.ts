import type { ServerProcess } from './server-process.ts';

/** A server process as an outside program sees it, which holds a token and knows only the wire. */
export interface Outside {
  readonly token: string;
  readonly key: string;
  /** `GET`, or a `POST` of a JSON body. */
  ask(path: string, body?: unknown, init?: RequestInit): Promise<Heard>;
}

export interface Heard {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly ms: number;
  // biome-ignore lint/suspicious/noExplicitAny: an outside program takes answers as they come.
  readonly body: any;
}

const ACCOUNT = { name: 'Ada', email: 'ada@test.test', password: 'a long horse of staples' };

/** Signs in, after making the administrator where there is none yet. */
export async function outside(server: Pick<ServerProcess, 'url'>): Promise<Outside> {
  const say =
    (token: string) =>
    async (path: string, body?: unknown, init: RequestInit = {}) => {
      const began = performance.now();
      const response = await fetch(server.url + path, {
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
        ...init,
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(token !== '' && { authorization: `Bearer ${token}` }),
          ...init.headers,
        },
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') ?? false;
      return {
        status: response.status,
        retryAfter: response.headers.get('retry-after'),
        ms: performance.now() - began,
        body: isJson ? JSON.parse(text) : text,
      };
    };
  const stranger = say('');
  const { body: setup } = await stranger('/api/setup');
  if (setup.needed) await stranger('/api/setup', ACCOUNT);
  const { token } = (await stranger('/api/auth/sign-in/email', ACCOUNT)).body;
  const { key } = (await say(token)('/api/keys', { name: 'Program', role: 'operator' })).body;
  return { token, key, ask: say(token) };
}

export const SIGN_IN = { email: ACCOUNT.email, password: ACCOUNT.password };
