import type { Page } from '@playwright/test';

/** Signs a browser in to the demo data, without the page for it. */
export async function enterDemo(page: Page, url: string): Promise<void> {
  const answer = await page.request.post(`${url}/api/auth/sign-in/email`, {
    headers: { origin: url },
    data: { email: 'admin@demo.test', password: 'almenara-demo' },
  });
  if (!answer.ok()) throw new Error(`The demo sign-in was turned down: ${answer.status()}`);
}
