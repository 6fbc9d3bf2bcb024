/** Every page, for what is checked or shown of all of them. A new page is a line here. */
export interface KnownPage {
  /** Of its pictures. */
  readonly name: string;
  readonly path: string;
  /** A text that is there when the page stands, with its data. In every language, so of the demo data or a name. */
  readonly shows: string;
  /** Nobody is signed in. */
  readonly open?: true;
}

export const PAGES: readonly KnownPage[] = [
  { name: 'sign-in', path: '/sign-in', shows: 'admin@demo.test', open: true },
  { name: 'overview', path: '/', shows: 'Harina de fuerza 25 kg' },
  { name: 'orders', path: '/orders', shows: 'The Corner Deli' },
  { name: 'orders-list', path: '/orders?view=list', shows: 'The Corner Deli' },
  { name: 'inventory', path: '/inventory', shows: 'Aceite de girasol alto oleico 5 l' },
  { name: 'zone', path: '/inventory/C3', shows: 'Mantequilla 1 kg' },
  { name: 'low-stock', path: '/inventory?low=1', shows: 'Harina de fuerza 25 kg' },
  { name: 'count', path: '/inventory/C3/count', shows: 'C3' },
  { name: 'clients', path: '/clients', shows: 'Bar La Farola' },
  { name: 'import', path: '/import', shows: 'CSV' },
  { name: 'settings-you', path: '/settings/you', shows: 'admin@demo.test' },
  { name: 'settings-devices', path: '/settings/devices', shows: '127.0.0.1' },
  { name: 'settings-company', path: '/settings/company', shows: 'Almacenes Robles' },
  { name: 'settings-people', path: '/settings/people', shows: 'viewer@demo.test' },
  { name: 'settings-keys', path: '/settings/keys', shows: 'API' },
  { name: 'settings-sign-ins', path: '/settings/sign-ins', shows: '127.0.0.1' },
];
