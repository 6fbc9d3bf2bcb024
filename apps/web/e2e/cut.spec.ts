import {
  card,
  column,
  connection,
  enter,
  expect,
  expectLive,
  expectSamePage,
  markPage,
  signIn,
  test,
} from './desk.ts';

/** How long the network is gone, in ms. */
const CUT_MS = Number(process.env.E2E_CUT_MS ?? 4000);

test('[R1] what happened while the network was gone is there when it is back', async ({
  page,
  house,
  playwright,
}) => {
  test.setTimeout(test.info().timeout + CUT_MS);
  await enter(page, 'admin', '/orders', house.url);
  await markPage(page);
  const other = await playwright.request.newContext({ baseURL: house.directUrl });
  await signIn(other, 'operator', '', house.url);
  const { items } = await (await other.get('/api/orders?status=placed')).json();
  const [moved] = items;

  house.line.cut();
  const cutAt = Date.now();
  await expect(connection(page)).toHaveAttribute('data-connection', /offline|connecting/);
  await expect(connection(page)).toContainText('Offline');
  await expect(page.getByRole('status').filter({ hasText: 'Offline' })).toBeAttached();

  const move = await other.post(`/api/orders/${moved.id}/status`, { data: { status: 'picking' } });
  expect(move.ok()).toBe(true);
  const line = { productId: moved.lines[0].productId, quantity: 1 };
  const placed = await other.post('/api/orders', { data: { clientId: moved.clientId, lines: [line] } });
  expect(placed.ok(), await placed.text()).toBe(true);
  const { order } = await placed.json();
  await expect.poll(() => Date.now() - cutAt, { timeout: CUT_MS + 5000 }).toBeGreaterThanOrEqual(CUT_MS);
  await expect(card(page, order.number)).toBeHidden();

  house.line.restore();
  await expectLive(page);
  await expect(card(column(page, 'placed'), order.number)).toBeVisible();
  await expect(card(column(page, 'picking'), moved.number)).toBeVisible();
  await expectSamePage(page);
  await other.dispose();
});

test('a server that was killed and started again is found by the open page', async ({
  page,
  house,
  playwright,
}) => {
  await enter(page, 'admin', '/inventory/B2', house.url);
  await markPage(page);
  await house.kill();
  await expect(connection(page)).toContainText('Offline');
  await house.start();
  await expectLive(page);

  const other = await playwright.request.newContext({ baseURL: house.directUrl });
  await signIn(other, 'operator', '', house.url);
  const { items } = await (await other.get('/api/inventory?zone=B2&q=ACE-GIRA-5')).json();
  const [level] = items;
  const answer = await other.post('/api/inventory/receipts', {
    data: { productId: level.productId, zone: 'B2', quantity: 7 },
  });
  expect(answer.ok()).toBe(true);
  await expect(page.locator('tr[data-sku="ACE-GIRA-5"]').getByRole('cell').first()).toHaveText(
    String(level.onHand + 7),
  );
  await expectSamePage(page);
  await other.dispose();
});
