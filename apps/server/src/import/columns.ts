import type { ImportColumns, ImportField } from '@almenara/events';
import { ImportError } from './import-error.ts';

export type Field = ImportField;
/** Where each field stands in a record; -1 where the file has no such column. */
export type Columns = Readonly<Record<Field, number>>;

interface FieldDefinition {
  readonly title: string;
  /** Headings to propose where a required column is missing; null where it may be. */
  readonly propose: string | null;
  /** Headings as `plain` leaves them, the surest first: `product` is a code unless there is a better one. */
  readonly headings: readonly string[];
}

const words = (text: string): string[] => text.trim().split(/\s+/);

/** English and Spanish, in the order in which columns are given away. */
const FIELDS: Readonly<Record<Field, FieldDefinition>> = {
  document: {
    title: 'document number',
    propose: '"InvoiceNo" or "Factura"',
    headings:
      words(`invoiceno invoicenumber invoiceid invoice documentno documentnumber docno document orderno ordernumber
      orderid order receiptno receipt ticket ticketno numerofactura numerodefactura numfactura nfactura nofactura nodefactura
      ndefactura factura
      numerodocumento numerodedocumento numdocumento nodocumento nodedocumento documento numeropedido numerodepedido numpedido nopedido nodepedido npedido
      pedido numeroalbaran numalbaran noalbaran nodealbaran nalbaran albaran numeroticket numticket`),
  },
  code: {
    title: 'product code',
    propose: '"StockCode" or "Código"',
    headings:
      words(`stockcode productcode itemcode sku articlecode articleno itemno itemnumber productid itemid code
      codigoproducto codigodeproducto codproducto codigoarticulo codigodearticulo codarticulo codigo cod referencia ref
      idproducto idarticulo product item article producto articulo`),
  },
  quantity: {
    title: 'quantity',
    propose: '"Quantity" or "Cantidad"',
    headings: words(`quantity qty units pieces pcs count cantidad cant unidades uds ud piezas`),
  },
  date: {
    title: 'date',
    propose: '"InvoiceDate" or "Fecha"',
    headings:
      words(`invoicedate documentdate orderdate saledate salesdate datetime date timestamp fechafactura fechadefactura
      fechadocumento fechapedido fechadepedido fechaventa fechadeventa fechahora fechayhora fecha`),
  },
  price: {
    title: 'unit price',
    propose: '"UnitPrice" or "Precio"',
    headings:
      words(`unitprice priceperunit priceeach unitcost price preciounitario preciounidad preciounit preciound
      preciodeventa precioventa precio pvp importeunitario punitario pvpunitario`),
  },
  description: {
    title: 'description',
    propose: null,
    headings:
      words(`description productdescription itemdescription productname itemname name descripcion descripcionproducto
      descripciondelproducto descripcionarticulo nombreproducto nombredelproducto nombrearticulo nombre concepto detalle
      product item producto articulo`),
  },
  customer: {
    title: 'customer',
    propose: null,
    headings:
      words(`customerid customerno customernumber customercode clientid clientno clientcode accountno accountid customer
      client account codigocliente codigodecliente codcliente idcliente clienteid numerocliente numerodecliente numcliente
      nocliente ncliente cliente`),
  },
  country: {
    title: 'country',
    propose: null,
    headings: words('country countryname shipcountry pais paiscliente paisdestino'),
  },
};

const isField = (name: string): name is Field => Object.hasOwn(FIELDS, name);
export const fields = Object.keys(FIELDS).filter(isField);
export const titleOf = (field: Field): string => FIELDS[field].title;

/** `Nº de Factura`, `n.º_de_factura` and `NODEFACTURA` are one heading. */
const plain = (heading: string): string =>
  heading
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]|\p{M}/gu, '');

const NO_COLUMNS: Columns = {
  document: -1,
  code: -1,
  quantity: -1,
  date: -1,
  price: -1,
  description: -1,
  customer: -1,
  country: -1,
};

/** The columns whose headings are known. Every column has one meaning at most. */
export function matchColumns(headings: readonly string[]): Columns {
  const free = new Map<string, number>();
  for (const [index, heading] of headings.entries())
    if (!free.has(plain(heading))) free.set(plain(heading), index);
  const columns = { ...NO_COLUMNS };
  for (const field of fields) {
    const heading = FIELDS[field].headings.find((known) => free.has(known));
    if (heading === undefined) continue;
    columns[field] = free.get(heading) ?? -1;
    free.delete(heading);
  }
  return columns;
}

export const countMatched = (columns: Columns): number =>
  fields.filter((field) => columns[field] >= 0).length;

/** The columns as somebody has chosen them; one that the file does not have is none. */
export function chosenColumns(headings: readonly string[], chosen: ImportColumns): Columns {
  const columns = { ...NO_COLUMNS };
  for (const field of fields) {
    const at = chosen[field];
    if (at !== null && at < headings.length) columns[field] = at;
  }
  return columns;
}

export const missingFields = (columns: Columns): Field[] =>
  fields.filter((field) => FIELDS[field].propose !== null && columns[field] < 0);

/** @throws ImportError that names each column that is missing and lists those that were found */
export function requireColumns(headings: readonly string[], columns: Columns): Columns {
  const fieldsMissing = missingFields(columns);
  if (fieldsMissing.length === 0) return columns;
  const missing = fieldsMissing.map((field) => `${titleOf(field)} (as ${FIELDS[field].propose})`);
  const found = headings.map((heading) => `"${heading}"`).join(', ');
  throw new ImportError(
    `The file has no column for: ${missing.join(', ')}. Its first line has ${found || 'nothing'}. ` +
      'Rename the columns, or say with --delimiter what separates them.',
    { code: 'missing_columns', fields: fieldsMissing },
  );
}
