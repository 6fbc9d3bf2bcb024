/** What prices have beside their digits, and the currencies it may stand for, the likeliest first. */

const DOLLARS =
  'USD CAD AUD MXN ARS CLP COP NZD SGD HKD TWD UYU BRL DOP JMD TTD BBD BSD BZD FJD GYD LRD NAD SRD'.split(
    ' ',
  );

const SIGNS: Readonly<Record<string, readonly string[]>> = {
  '€': ['EUR'],
  Euro: ['EUR'],
  euros: ['EUR'],
  $: DOLLARS,
  US$: ['USD'],
  U$S: ['USD'],
  A$: ['AUD'],
  AU$: ['AUD'],
  C$: ['CAD', 'NIO'],
  CA$: ['CAD'],
  NZ$: ['NZD'],
  HK$: ['HKD'],
  S$: ['SGD'],
  NT$: ['TWD'],
  MX$: ['MXN'],
  R$: ['BRL'],
  '£': ['GBP', 'EGP', 'LBP', 'SYP', 'GIP'],
  '¥': ['JPY', 'CNY'],
  円: ['JPY'],
  元: ['CNY', 'TWD'],
  RMB: ['CNY'],
  '₩': ['KRW'],
  원: ['KRW'],
  '₹': ['INR'],
  Rs: ['INR', 'PKR', 'LKR', 'NPR', 'MUR'],
  'Rs.': ['INR', 'PKR', 'LKR', 'NPR', 'MUR'],
  '₽': ['RUB'],
  руб: ['RUB'],
  'руб.': ['RUB'],
  '₺': ['TRY'],
  TL: ['TRY'],
  '₴': ['UAH'],
  грн: ['UAH'],
  zł: ['PLN'],
  Kč: ['CZK'],
  Ft: ['HUF'],
  lei: ['RON', 'MDL'],
  лв: ['BGN'],
  'лв.': ['BGN'],
  kr: ['SEK', 'NOK', 'DKK', 'ISK'],
  'kr.': ['DKK', 'SEK', 'NOK', 'ISK'],
  Fr: ['CHF'],
  'Fr.': ['CHF'],
  SFr: ['CHF'],
  'SFr.': ['CHF'],
  '₪': ['ILS'],
  '฿': ['THB'],
  '₫': ['VND'],
  đ: ['VND'],
  Rp: ['IDR'],
  'Rp.': ['IDR'],
  RM: ['MYR'],
  '₱': ['PHP'],
  '₦': ['NGN'],
  '₡': ['CRC'],
  '₲': ['PYG'],
  'S/': ['PEN'],
  'S/.': ['PEN'],
  Bs: ['BOB', 'VES'],
  'Bs.': ['BOB', 'VES'],
  R: ['ZAR'],
  KSh: ['KES'],
  '৳': ['BDT'],
  '₵': ['GHS'],
};

const CODES = new Set(Intl.supportedValuesOf('currency'));
/** In small letters the others may be words or units: a cup, a top. */
const SMALL = new Set(['eur', 'usd', 'gbp', 'chf', 'brl', 'inr', 'jpy', 'mxn']);

/** The currencies that a sign or a code may stand for; null where it is neither, empty where it is a sign of another kind of money. */
export function currenciesOf(sign: string): readonly string[] | null {
  const known = SIGNS[sign];
  if (known && Object.hasOwn(SIGNS, sign)) return known;
  if (CODES.has(sign)) return [sign];
  if (SMALL.has(sign)) return [sign.toUpperCase()];
  return /^\p{Sc}$/u.test(sign) ? [] : null;
}
