import type { Page } from '@playwright/test';

const PASSWORD = 'almenara-demo';

/** Signs a browser in to the demo data, without the page for it. */
export async function enterDemo(page: Page, url: string): Promise<void> {
  const answer = await page.request.post(`${url}/api/auth/sign-in/email`, {
    headers: { origin: url },
    data: { email: 'admin@demo.test', password: PASSWORD },
  });
  if (!answer.ok()) throw new Error(`The demo sign-in was turned down: ${answer.status()}`);
}

/**
 * Signs a program in; what it gives asks the API as that person, and takes the answer for what the caller says it is.
 * A text is sent as it is, all else as JSON.
 */
export async function enterAs(url: string, account: 'admin' | 'operator' | 'viewer') {
  let token = '';
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const isText = typeof body === 'string';
    const answer = await fetch(url + path, {
      method,
      headers: {
        origin: url,
        'content-type': isText ? 'application/octet-stream' : 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return JSON.parse(await answer.text());
  };
  const signedIn = await call<{ token: string }>('POST', '/api/auth/sign-in/email', {
    email: `${account}@demo.test`,
    password: PASSWORD,
  });
  token = signedIn.token;
  return call;
}
