import { chromium } from '@playwright/test';
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const url = 'http://127.0.0.1:4202';
const errors = [];
for (const [name, opt] of [
  ['d-light', { viewport: { width: 1440, height: 900 }, colorScheme: 'light', locale: 'en-GB' }],
  ['p-dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark', locale: 'es-ES', hasTouch: true, isMobile: true }],
]) {
  const c = await b.newContext({ ...opt, timezoneId: 'Europe/Madrid' });
  const p = await c.newPage();
  p.on('console', (m) => m.type() === 'error' && errors.push(name + ' ' + m.text()));
  p.on('pageerror', (e) => errors.push(name + ' ' + e.message));
  await p.request.post(url + '/api/auth/sign-in/email', { headers: { origin: url }, data: { email: 'admin@demo.test', password: 'almenara-demo' } });
  const items = (await (await p.request.get(url + '/api/inventory?limit=5')).json()).items;
  const id = items[0].productId;
  const shots = [['all', '/inventory'], ['low', '/inventory?low=1'], ['zone', '/inventory/' + items[0].zone], ['count', `/inventory/${items[0].zone}/count`], ['ledger', '/inventory/product/' + id]];
  for (const [n, path] of shots) {
    await p.goto(url + path);
    await p.waitForSelector('[data-connection=online]');
    await p.waitForTimeout(700);
    await p.screenshot({ path: `/tmp/inv-${n}-${name}.png`, fullPage: n === 'ledger' });
    const over = await p.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over) errors.push(`${name} ${n} overflow ${over}`);
  }
  await c.close();
}
console.log(errors.join('\n'));
await b.close();
