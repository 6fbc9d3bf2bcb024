import type { ImportUnusedColumn } from '@almenara/events';
import type { Columns } from './columns.ts';
import { plain } from './headings.ts';
import type { Row } from './table.ts';

type Kind = ImportUnusedColumn['looksLike'];

/** Bounds of what is told. */
const COLUMNS = 40;
const VALUES = 5;
const LENGTH = 40;

const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/).map(plain));

/** Words of headings, whole, in the order in which they decide: a discount amount is a discount. */
const WORDS: readonly (readonly [Kind, ReadonlySet<string>, RegExp?])[] = [
  [
    'status',
    list(`status statut estado stato situacao situation zustand cancelled canceled cancellation cancelado cancelada anulado
      anulada annule annullato storniert storno refunded refund refunds reembolsado devuelto returned void voided belegart
      ステータス 状態 状況`),
    /status$/,
  ],
  [
    'discount',
    list(`discount discounts disc rebate descuento descuentos dto dcto bonificacion rabatt rabatte nachlass skonto remise
      remises reduction desconto descontos sconto sconti 値引 値引き 割引`),
    /(?:rabatt|nachlass)$/,
  ],
  [
    'tax',
    list(`tax taxes vat iva igic mwst ust mehrwertsteuer umsatzsteuer tva taxe taxes gst cgst sgst igst cess icms ipi pis
      cofins imposto impostos impuesto impuestos imposta 税 税額 税率 消費税`),
    /(?:steuer|steuersatz|steuerbetrag)$/,
  ],
  [
    'charge',
    list(`shipping freight postage delivery handling carriage fee fees surcharge portes envio gastos versand versandkosten
      fracht frachtkosten porto frete frais spedizione 送料 手数料`),
    /(?:versandkosten|frachtkosten|zuschlag)$/,
  ],
  [
    'total',
    list(`total totals totale subtotal amount amt importe monto montant betrag summe gesamt gesamtpreis gesamtbetrag sales
      revenue turnover umsatz ventas importo 金額 合計 小計 税込`),
    /(?:betrag|summe|gesamt)$/,
  ],
  [
    'price',
    list(`price prices cost costs precio precios coste costo costos preis prix preco custo prezzo msrp rrp pvp uvp ek vk
      unitario rate 単価 原価 定価 価格`),
    /(?:preis|単価|価格)$/,
  ],
  ['total', list('net gross netto brutto neto bruto')],
];
/** `Transaction type` says whether a sale is one; `Product type` does not. */
const TYPES = list(
  'transaction document doc order voucher sale sales invoice movement record tipo documento movimiento',
);
/** Of an address, a person or a name for something: no money, whatever else the heading says. */
const NO_MONEY =
  list(`code codes zip zipcode postcode phone id no number nr date name names street address address1 address2
  city province state company method country origin destination taxable weight requires fecha datum`);

/** `UnitPrice` has two words; `MwSt` has one all the same. */
const wordsOf = (heading: string): string[] =>
  `${heading} ${heading.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')}`
    .split(/[^\p{L}\p{N}\p{M}%]+/u)
    .map(plain)
    .filter((word) => word !== '');

/** What a heading is about, as far as money and the standing of a sale go. */
export function kindOf(heading: string): Kind | null {
  const words = [...new Set([...wordsOf(heading), plain(heading)])];
  const isType = words.some((word) => word === 'type' || word === 'tipo' || word === 'typ');
  if (isType && (words.length <= 2 || words.some((word) => TYPES.has(word) && word !== 'tipo')))
    return 'status';
  const [kind] = WORDS.find(([, known, end]) => words.some((word) => known.has(word) || end?.test(word))) ?? [
    null,
  ];
  if (kind === null) return words.includes('value') && words.includes('taxable') ? 'total' : null;
  return kind !== 'status' && words.some((word) => NO_MONEY.has(word)) ? null : kind;
}

const looksLikeNumber = (cell: string): boolean =>
  /\p{Nd}/u.test(cell) && cell.replace(/[^\p{L}]/gu, '').length <= 4;

/** The columns that say something about money or the standing of a sale and are not used, with some of what they say. */
export function unusedColumns(
  headings: readonly string[],
  rows: readonly Row[],
  columns: Columns,
): ImportUnusedColumn[] {
  const used = new Set(Object.values(columns));
  return headings
    .flatMap((heading, column): ImportUnusedColumn[] => {
      const looksLike = used.has(column) ? null : kindOf(heading);
      if (looksLike === null) return [];
      const said = new Set<string>();
      let filled = 0;
      let numbers = 0;
      for (const { cells } of rows) {
        const cell = cells[column] ?? '';
        if (cell === '') continue;
        filled += 1;
        if (looksLikeNumber(cell)) numbers += 1;
        if (said.size < VALUES) said.add([...cell].slice(0, LENGTH).join(''));
      }
      if (filled === 0 || (looksLike !== 'status' && numbers * 2 < filled)) return [];
      return [{ column, heading: [...heading].slice(0, 120).join(''), looksLike, values: [...said] }];
    })
    .slice(0, COLUMNS);
}
