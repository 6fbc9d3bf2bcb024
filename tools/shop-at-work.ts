import { enterAs } from './enter-demo.ts';

/** A sale of the last days: how long ago, who, what. */
type Sale = readonly [
  hoursAgo: number,
  customer: string,
  ...lines: (readonly [sku: string, quantity: number, price: string])[],
];

const RICE = ['ARR-BOMBA-1', 'ARR-LARGO-5'] as const;
const DELIVERED: readonly Sale[] = [
  [23, '11', [RICE[0], 24, '3,45'], ['LEN-PARD-1', 12, '2,39']],
  [22, '12', ['CAF-MEZ-1', 6, '12,80']],
  [21, '13', ['HAR-FUERZA-25', 4, '21,90'], ['GAR-PEDRO-1', 10, '2,65']],
  [21, '14', ['CAF-MEZ-1', 4, '12,80'], [RICE[1], 3, '7,90']],
  [19, '11', ['HAR-FUERZA-25', 2, '21,90']],
  [6, '12', [RICE[0], 12, '3,45']],
  [5, '15', ['LEN-PARD-1', 24, '2,39'], ['GAR-PEDRO-1', 24, '2,65']],
  [5, '13', ['CAF-MEZ-1', 10, '12,80']],
  [4, '14', [RICE[1], 6, '7,90']],
  [3, '11', ['CAF-MEZ-1', 3, '12,80'], ['HAR-FUERZA-25', 3, '21,90']],
];
/** One of each client, a month ago. */
const FIRST: readonly Sale[] = ['11', '12', '13', '14', '15', '16'].map((customer, i) => [
  720 - i * 24,
  customer,
  ['LEN-PARD-1', 12, '2,39'],
]);
const OPEN: readonly Sale[] = [
  [51, '16', ['HAR-FUERZA-25', 6, '21,90'], [RICE[0], 20, '3,45']],
  [28, '13', ['CAF-MEZ-1', 8, '12,80']],
  [20, '15', ['GAR-PEDRO-1', 18, '2,65'], ['LEN-PARD-1', 18, '2,39']],
  [4, '12', ['HAR-FUERZA-25', 10, '21,90']],
  [3, '16', [RICE[1], 8, '7,90'], ['CAF-MEZ-1', 2, '12,80']],
  [2, '11', [RICE[0], 30, '3,45']],
  [2, '14', ['CAF-MEZ-1', 5, '12,80'], ['GAR-PEDRO-1', 12, '2,65']],
];
const NAMES: Readonly<Record<string, string>> = {
  'Client 11': 'Taberna La Sal',
  'Client 12': 'Pizzería Da Enzo',
  'Client 13': 'Cafetería Alameda',
  'Client 14': 'Mesón del Puerto',
  'Client 15': 'Colegio San Telmo',
  'Client 16': 'Obrador Santa Clara',
};

/** Of lists of several kinds: what is read of any of them. */
interface Listed {
  readonly id: string;
  readonly name: string;
  readonly number: number;
  readonly version: number;
  readonly clientName: string;
  readonly status: string;
  readonly sku?: string;
  readonly lines: readonly { readonly productId: string }[];
}

/** The demo data as a shop in the middle of its day: late and short orders, people at work, a count under way. */
export async function setToWork(url: string): Promise<void> {
  const admin = await enterAs(url, 'admin');
  const operator = await enterAs(url, 'operator');
  await enterAs(url, 'viewer');
  const at = Date.now();

  const list = async (path: string): Promise<readonly Listed[]> =>
    (await admin<{ items: Listed[] }>('GET', `${path}?limit=100`)).items;
  // Orders keep the name of their time: the clients are there, and named, before what is to be seen.
  await importSales(admin, 'delivered', FIRST, at);
  for (const { id, name, version } of await list('/api/clients')) {
    const real = NAMES[name];
    if (real) await admin('PATCH', `/api/clients/${id}`, { name: real, expectedVersion: version });
  }
  await importSales(admin, 'delivered', DELIVERED, at);
  await importSales(admin, 'open', OPEN, at);

  const people = await list('/api/people');
  const idOf = (name: string): string | undefined => people.find((one) => one.name === name)?.id;
  const [ines, tomas] = [idOf('Inés Robles'), idOf('Tomás Vidal')];
  const orders = await list('/api/orders');
  const open = orders.filter(({ status }) => ['placed', 'picking', 'packed'].includes(status));
  for (const [i, { id }] of open.entries()) {
    if (i % 3 !== 2)
      await admin('POST', `/api/orders/${id}/assignee`, { userId: i % 3 === 0 ? tomas : ines });
  }
  const [first, second, third] = open.filter(({ clientName }) => Object.values(NAMES).includes(clientName));
  for (const order of [first, second]) {
    if (order) await operator('POST', `/api/orders/${order.id}/status`, { status: 'picking' });
  }
  if (second) await operator('POST', `/api/orders/${second.id}/status`, { status: 'packed' });
  const line = third?.lines[0];
  if (third && line)
    await operator('POST', `/api/orders/${third.id}/shortages`, {
      productId: line.productId,
      zone: 'A1',
      missing: 2,
    });

  await admin('POST', '/api/invitations', {
    name: 'Lola Rey',
    email: 'lola@robles.example',
    role: 'operator',
  });
  await admin('POST', '/api/keys', { name: 'Caja 1', role: 'operator' });
  const { count } = await admin<{ count: { id: string } }>('POST', '/api/counts', { zone: 'C3' });
  const products = await list('/api/products');
  for (const [call, sku, counted] of [
    [admin, 'MAN-TIERRA-1', 34],
    [operator, 'QUE-CUR-3', 13],
  ] as const) {
    const product = products.find((one) => one.sku === sku);
    await call('POST', `/api/counts/${count.id}/entries`, { productId: product?.id, counted });
  }
}

interface Answer {
  readonly import: { readonly id: string; readonly stage: string };
}
type Call = Awaited<ReturnType<typeof enterAs>>;

async function importSales(call: Call, as: string, sales: readonly Sale[], at: number): Promise<void> {
  const rows = sales.flatMap(([hoursAgo, customer, ...lines], i) => {
    const date = new Date(at - hoursAgo * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
    return lines.map(([sku, quantity, price]) =>
      [`${as}-${sales.length}-${i}`, sku, quantity, date, price, customer, 'España'].join(';'),
    );
  });
  const csv = `InvoiceNo;StockCode;Quantity;InvoiceDate;UnitPrice;CustomerID;Country\n${rows.join('\n')}\n`;
  const { import: brought } = await call<Answer>('POST', '/api/imports?name=caja.csv', csv);
  const settings = { as, zone: 'A1', source: 'caja', currency: 'EUR', timeZone: 'UTC', dateOrder: 'ymd' };
  await call('POST', `/api/imports/${brought.id}/preview`, settings);
  await call('POST', `/api/imports/${brought.id}/run`, settings);
  for (;;) {
    const { import: now } = await call<Answer>('GET', `/api/imports/${brought.id}`);
    if (now.stage === 'done') return;
    if (now.stage !== 'running') throw new Error(`The sales could not be imported: ${JSON.stringify(now)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
