import type { CommandInput, OrderStatus } from '@almenara/events';

/** Made up, believable and small: a wholesaler of pantry goods that delivers to shops and restaurants of one town. */

export const ZONES = [
  { code: 'A1', name: 'Estantería seca' },
  { code: 'B2', name: 'Conservas y aceites' },
  { code: 'C3', name: 'Cámara fría' },
] satisfies CommandInput<'create_zone'>[];

const eur = (amount: number) => ({ amount, currency: 'EUR' });

type DemoProduct = CommandInput<'create_product'> & { stock: Record<string, number>; reorderPoint: number };

export const PRODUCTS: readonly DemoProduct[] = [
  {
    sku: 'ARR-BOMBA-1',
    name: 'Arroz bomba 1 kg',
    unitPrice: eur(345),
    barcode: '8400000010013',
    stock: { A1: 160 },
    reorderPoint: 40,
  },
  {
    sku: 'ARR-LARGO-5',
    name: 'Arroz largo 5 kg',
    unitPrice: eur(790),
    barcode: '8400000010020',
    stock: { A1: 48 },
    reorderPoint: 12,
  },
  {
    sku: 'GAR-PEDRO-1',
    name: 'Garbanzo pedrosillano 1 kg',
    unitPrice: eur(265),
    barcode: '8400000010037',
    stock: { A1: 120 },
    reorderPoint: 30,
  },
  {
    sku: 'LEN-PARD-1',
    name: 'Lenteja pardina 1 kg',
    unitPrice: eur(239),
    barcode: '8400000010044',
    stock: { A1: 96 },
    reorderPoint: 30,
  },
  {
    sku: 'HAR-FUERZA-25',
    name: 'Harina de fuerza 25 kg',
    unitPrice: eur(2190),
    barcode: '8400000010051',
    stock: { A1: 22 },
    reorderPoint: 8,
  },
  {
    sku: 'CAF-MEZ-1',
    name: 'Café mezcla 80/20 1 kg',
    unitPrice: eur(1280),
    barcode: '8400000010068',
    stock: { A1: 60, B2: 12 },
    reorderPoint: 20,
  },
  {
    sku: 'ACE-PICUAL-5',
    name: 'Aceite de oliva virgen extra picual 5 l',
    unitPrice: eur(4650),
    barcode: '8400000020012',
    stock: { B2: 84 },
    reorderPoint: 24,
  },
  {
    sku: 'ACE-GIRA-5',
    name: 'Aceite de girasol alto oleico 5 l',
    unitPrice: eur(1495),
    barcode: '8400000020029',
    stock: { B2: 40 },
    reorderPoint: 15,
  },
  {
    sku: 'TOM-TRIT-3',
    name: 'Tomate triturado 3 kg',
    unitPrice: eur(520),
    barcode: '8400000020036',
    stock: { B2: 130 },
    reorderPoint: 36,
  },
  {
    sku: 'ATU-CLARO-1',
    name: 'Atún claro en aceite 1 kg',
    unitPrice: eur(1190),
    barcode: '8400000020043',
    stock: { B2: 36 },
    reorderPoint: 12,
  },
  {
    sku: 'PIM-PIQ-390',
    name: 'Pimiento del piquillo 390 g',
    unitPrice: eur(410),
    barcode: '8400000020050',
    stock: { B2: 72 },
    reorderPoint: 18,
  },
  {
    sku: 'ACT-MANZ-2',
    name: 'Aceituna manzanilla 2 kg',
    unitPrice: eur(880),
    barcode: '8400000020067',
    stock: { B2: 30 },
    reorderPoint: 10,
  },
  {
    sku: 'QUE-CUR-3',
    name: 'Queso curado de oveja 3 kg',
    unitPrice: eur(4390),
    barcode: '8400000030011',
    stock: { C3: 18 },
    reorderPoint: 6,
  },
  {
    sku: 'MAN-TIERRA-1',
    name: 'Mantequilla 1 kg',
    unitPrice: eur(985),
    barcode: '8400000030028',
    stock: { C3: 44 },
    reorderPoint: 16,
  },
  {
    sku: 'NAT-35-1',
    name: 'Nata 35 % 1 l',
    unitPrice: eur(395),
    barcode: '8400000030035',
    stock: { C3: 90 },
    reorderPoint: 30,
  },
  {
    sku: 'JAM-IBER-7',
    name: 'Jamón ibérico de cebo 7 kg',
    unitPrice: eur(15900),
    barcode: '8400000030042',
    stock: { C3: 7 },
    reorderPoint: 4,
  },
  { sku: 'PORTES', name: 'Portes', unitPrice: eur(900), stocked: false, stock: {}, reorderPoint: 0 },
];

export const CLIENTS = [
  { name: 'Bar La Farola', email: 'pedidos@lafarola.example', phone: '+34 600 100 101', country: 'España' },
  {
    name: 'Panadería Hermanos Sanz',
    email: 'sanz@panaderia.example',
    phone: '+34 600 100 102',
    country: 'España',
  },
  {
    name: 'Restaurante El Pósito',
    email: 'cocina@elposito.example',
    phone: '+34 600 100 103',
    country: 'España',
  },
  {
    name: 'Ultramarinos Rosa',
    email: 'rosa@ultramarinos.example',
    country: 'España',
    notes: 'Cierra los lunes.',
  },
  { name: 'Hotel Miramar', email: 'compras@miramar.example', phone: '+34 600 100 105', country: 'España' },
  { name: 'Mercearia do Largo', email: 'largo@mercearia.example', country: 'Portugal' },
  {
    name: 'The Corner Deli',
    email: 'orders@cornerdeli.example',
    country: 'United Kingdom',
    notes: 'Invoices in English.',
  },
] satisfies CommandInput<'create_client'>[];

interface DemoOrder {
  readonly client: number;
  readonly lines: readonly (readonly [sku: string, quantity: number])[];
  readonly notes?: string;
  readonly path: readonly OrderStatus[];
}

export const ORDERS: readonly DemoOrder[] = [
  {
    client: 0,
    lines: [
      ['CAF-MEZ-1', 6],
      ['ACE-GIRA-5', 4],
    ],
    path: ['picking', 'packed', 'shipped', 'delivered'],
  },
  {
    client: 1,
    lines: [
      ['HAR-FUERZA-25', 8],
      ['MAN-TIERRA-1', 10],
    ],
    path: ['picking', 'packed', 'shipped', 'delivered'],
  },
  {
    client: 4,
    lines: [
      ['JAM-IBER-7', 2],
      ['QUE-CUR-3', 4],
      ['ACE-PICUAL-5', 12],
      ['PORTES', 1],
    ],
    path: ['picking', 'packed', 'shipped'],
  },
  {
    client: 2,
    lines: [
      ['ARR-BOMBA-1', 24],
      ['TOM-TRIT-3', 12],
      ['ACE-PICUAL-5', 6],
    ],
    path: ['picking', 'packed'],
  },
  {
    client: 5,
    lines: [
      ['ATU-CLARO-1', 8],
      ['PIM-PIQ-390', 12],
      ['PORTES', 1],
    ],
    notes: 'Entregar en el almacén.',
    path: ['picking', 'packed'],
  },
  {
    client: 3,
    lines: [
      ['GAR-PEDRO-1', 20],
      ['LEN-PARD-1', 20],
      ['ACT-MANZ-2', 4],
    ],
    path: ['picking'],
  },
  {
    client: 0,
    lines: [
      ['NAT-35-1', 24],
      ['CAF-MEZ-1', 8],
    ],
    notes: 'Antes de las 10:00.',
    path: ['picking'],
  },
  {
    client: 6,
    lines: [
      ['QUE-CUR-3', 3],
      ['ACT-MANZ-2', 6],
      ['PIM-PIQ-390', 18],
    ],
    path: [],
  },
  {
    client: 1,
    lines: [
      ['HAR-FUERZA-25', 6],
      ['NAT-35-1', 12],
    ],
    path: [],
  },
  {
    client: 4,
    lines: [
      ['JAM-IBER-7', 1],
      ['ARR-LARGO-5', 10],
      ['TOM-TRIT-3', 18],
    ],
    path: [],
  },
  { client: 2, lines: [['CAF-MEZ-1', 12]], notes: 'Duplicado.', path: ['cancelled'] },
];
