import type { APIRequestContext } from '@playwright/test';

/** Every page, for what is checked or shown of all of them. A new page is a line here. */
export interface KnownPage {
  /** Of its pictures. */
  readonly name: string;
  /** With `{id}` for the first of what `of` lists. */
  readonly path: string;
  /** A list of the API. */
  readonly of?: string;
  /** A text that is there when the page stands, with its data. In every language, so of the demo data or a name. */
  readonly shows: string;
  /** It lies over a page, which shows first. */
  readonly drawer?: true;
  /** Nobody is signed in. */
  readonly open?: true;
}

const DELI = '/api/orders?q=Deli&sort=oldest';

export const PAGES: readonly KnownPage[] = [
  { name: 'sign-in', path: '/sign-in', shows: 'admin@demo.test', open: true },
  { name: 'overview', path: '/', shows: 'Harina de fuerza 25 kg' },
  { name: 'orders', path: '/orders', shows: 'The Corner Deli' },
  { name: 'orders-list', path: '/orders?view=list', shows: 'The Corner Deli' },
  { name: 'order', path: '/orders/{id}', of: DELI, shows: 'The Corner Deli', drawer: true },
  { name: 'pick-list', path: '/orders/pick-list?ids=["{id}"]', of: DELI, shows: 'PIM-PIQ-390' },
  { name: 'inventory', path: '/inventory', shows: 'Aceite de girasol alto oleico 5 l' },
  { name: 'zone', path: '/inventory/C3', shows: 'Mantequilla 1 kg' },
  { name: 'low-stock', path: '/inventory?low=1', shows: 'Harina de fuerza 25 kg' },
  { name: 'product', path: '/products/{id}', of: '/api/products?q=ACE-PICUAL-5', shows: 'ACE-PICUAL-5' },
  { name: 'count', path: '/inventory/C3/count', shows: 'C3' },
  { name: 'clients', path: '/clients', shows: 'Bar La Farola' },
  {
    name: 'client',
    path: '/clients/{id}',
    of: '/api/clients?q=Miramar',
    shows: 'Hotel Miramar',
    drawer: true,
  },
  { name: 'import', path: '/import', shows: 'CSV' },
  { name: 'settings', path: '/settings', shows: 'API' },
  { name: 'settings-you', path: '/settings/you', shows: 'admin@demo.test' },
  { name: 'settings-devices', path: '/settings/devices', shows: '127.0.0.1' },
  { name: 'settings-company', path: '/settings/company', shows: 'Almacenes Robles' },
  { name: 'settings-people', path: '/settings/people', shows: 'viewer@demo.test' },
  { name: 'settings-keys', path: '/settings/keys', shows: 'API' },
  { name: 'settings-sign-ins', path: '/settings/sign-ins', shows: '127.0.0.1' },
];

/** The address of a page of the demo data; `request` is signed in. */
export async function pathOf(request: APIRequestContext, { path, of }: KnownPage, url = ''): Promise<string> {
  if (of === undefined) return url + path;
  const { items } = await (await request.get(url + of)).json();
  return url + path.replace('{id}', items[0].id);
}
