/**
 * What is sold but never on a shelf, told by its words. Goods are the rule: a word counts whole, and only where it is
 * what the thing is. That is the last word of a name in English or German and the first one in Spanish, French,
 * Portuguese and Italian: "Express Shipping" and "Gastos de envío" are services, "Shipping Label Printer" and
 * "Sobre de envío" are goods.
 */

const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/).map(simple));

function simple(text: string): string {
  return text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '');
}

/** Last of a name, what it is: dotcom postage, bank charges, Amazon fee. */
const LAST =
  list(`postage shipping carriage delivery freight handling p&p surcharge fee fees charge charges commission
  insurance deposit gratuity donation discount rebate voucher vouchers adjustment
  versand versandkosten lieferung lieferkosten frachtkosten fracht porto zuschlag gebuhr gebuhren bearbeitungsgebuhr
  mindermengenzuschlag rabatt nachlass skonto gutschein trinkgeld
  送料 手数料 値引き 値引 割引`);
/** First of a name, what it is: portes península, frais de port, desconto à vista. */
const FIRST = list(`postage shipping carriage freight discount adjust adjustment
  portes envio gastos transporte flete descuento dto recargo comision propina ajuste bonificacion
  frais livraison remise frete envio desconto ajuste taxa
  spedizione spese sconto trasporto versand versandkosten porto rabatt lieferung`);
/** Alone on a line, whatever follows it in a catalogue: a user manual is a thing, a "Manual" is an entry by hand. */
const WHOLE = list(
  'manual adjust adjustments samples sample misc miscellaneous rounding redondeo rundung arrondi tip tips',
);
/** Two words that are one: a gift card is paid with, a gift card holder is a thing. */
const PAIRS = ['gift card', 'gift cards', 'gift voucher', 'gift vouchers', 'gift certificate'];
/** The same where they are the whole name: a service; with a pattern before it gift wrap is paper. */
const WHOLE_PAIRS = ['gift wrap', 'gift wrapping', 'gift wrap service', 'gift box service'];
const PAIRS_FIRST = [
  'tarjeta regalo',
  'tarjeta de regalo',
  'papel regalo',
  'cheque regalo',
  'bon cadeau',
  'carte cadeau',
  'vale presente',
  'cartao presente',
  'buono regalo',
];
/** Words that say how, where or how much. */
const FILLERS =
  list(`and the of to for in with by via per und a de del la le el los les des du da do di y e et
  standard express economy priority next day days international domestic national local free ups dhl fedex usps dpd gls
  royal mail first second class included extra order pcs uk us eu spain germany france`);
/** Words after which something else begins: delivery to Spain, shipping (2-3 days), Versand nach Österreich. */
const ENDS = list('to for via by nach per fur zu a para por pour vers con avec with inkl incl from');

/** Codes that mean postage where there is no name; single letters and the like may be anything. */
const CODES = new Set(['post', 'p&p']);

const wordsOf = (text: string): string[] =>
  simple(text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))
    .replace(/\([^)]*\)|\[[^\]]*\]/g, ' ')
    .split(/[^\p{L}\p{N}&]+/u)
    .filter((word) => word !== '' && !/^\d/.test(word));

/** Whether words name a service. */
function nameService(words: readonly string[]): boolean {
  const [first, second] = words;
  if (first === undefined) return false;
  const text = words.join(' ');
  if ((words.length === 1 && WHOLE.has(first)) || WHOLE_PAIRS.includes(text)) return true;
  if (FIRST.has(first) && !isThing(first, words)) return true;
  if (PAIRS_FIRST.some((pair) => text === pair || text.startsWith(`${pair} `))) return true;
  const end = words.findIndex((word, i) => i > 0 && ENDS.has(word));
  const head = end < 0 ? words : words.slice(0, end);
  const bare = [...head];
  while (bare.length > 1 && FILLERS.has(bare.at(-1) ?? '')) bare.pop();
  const last = bare.at(-1) ?? '';
  if (PAIRS.some((pair) => bare.join(' ').endsWith(pair))) return true;
  return LAST.has(last) || (LAST.has(first) && (second === 'and' || second === '&' || second === 'und'));
}

/** English puts what a thing is behind: a shipping box, a discount card, a porto glass. */
const ENGLISH_OR_GERMAN = list('postage shipping carriage freight discount versand porto rabatt lieferung');
const isThing = (first: string, words: readonly string[]): boolean => {
  if (!ENGLISH_OR_GERMAN.has(first)) return false;
  const second = words[1];
  return (
    second !== undefined && !FILLERS.has(second) && !ENDS.has(second) && !LAST.has(second) && second !== '&'
  );
};

/** A name says something where it has a word that is not its code. */
const saysWhat = (name: string, code: string): boolean =>
  simple(name) !== simple(code) &&
  wordsOf(name).some((word) => word.length > 2 || /[^\p{Script=Latin}]/u.test(word));

/** Whether a product looks like no goods: postage, fees, discounts. A guess; whoever imports may say otherwise. */
export function looksLikeService(code: string, name: string): boolean {
  const [ofCode, ofName] = [wordsOf(code), wordsOf(name)];
  if (!saysWhat(name, code)) return CODES.has(simple(code)) || nameService(ofCode);
  // A name that takes up the code says what is meant by it.
  return nameService(ofName) || (nameService(ofCode) && !ofCode.some((word) => ofName.includes(word)));
}
