import type { Plan, PlannedLine } from '../plan/planned.ts';
import type { SalesFile } from '../read/lines.ts';
import { minorDigits } from '../read/numbers.ts';
import type { ImportOptions } from '../read/options.ts';
import { DATE_REASONS, DECIMAL_REASONS, ORDER_NAMES } from '../report/guesses.ts';
import { reasonText } from '../report/reasons.ts';
import type { ImportResult } from '../run/run.ts';

/** What people read of an import, as lines of text. */

const count = (n: number): string => n.toLocaleString('en');
const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
const pieces = (lines: readonly { readonly quantity: number }[]): string =>
  plural(sum(lines.map((line) => line.quantity)), 'piece');

function moneyOf(lines: readonly PlannedLine[], currency: string): string {
  const digits = minorDigits(currency);
  const amount = sum(lines.map((line) => line.quantity * line.amount)) / 10 ** digits;
  return `${currency} ${amount.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** Of the products that are no goods so many are named. */
const SERVICES = 30;

const DELIMITER_NAMES = { ';': ';', ',': ',', '\t': 'tab', '|': '|' } as const;
/** How the file was read. */
export function describeFile(name: string, file: SalesFile, { timeZone, currency }: ImportOptions): string[] {
  const { mark, why: byMark } = file.decimal;
  const { order, why } = file.dateOrder;
  const sure = ({ certain }: { readonly certain: boolean }): string => (certain ? '' : ' (a guess)');
  return [
    `${name}: ${plural(file.total, 'line')}`,
    `  encoding   ${file.encoding}`,
    `  delimiter  ${DELIMITER_NAMES[file.delimiter]}`,
    `  decimals   behind "${mark}"${sure(file.decimal)}: ${DECIMAL_REASONS[byMark]}`,
    `  dates      ${ORDER_NAMES[order]}${sure(file.dateOrder)}: ${DATE_REASONS[why]}`,
    `  time zone  ${timeZone}`,
    `  currency   ${currency}`,
    `  columns    ${file.headings.map(({ heading, meaning }) => `${heading} = ${meaning}`).join(', ')}`,
  ];
}

/** What will be written, by kind. */
export function describePlan(plan: Plan, { as, currency, source, timeZone }: ImportOptions): string[] {
  const { documents, newProducts, openings } = plan;
  const first = documents[0];
  const orders = documents.flatMap(({ sale }) => sale ?? []);
  const returns = documents.flatMap(({ takenBack }) => takenBack ?? []);
  const sold = orders.flatMap((order) => order.lines);
  const back = returns.flatMap((taken) => taken.lines);
  const writeOffs = documents.flatMap((document) => document.writeOffs);
  const services = newProducts.filter((product) => !product.stocked);
  const respelled = sum(newProducts.map((product) => product.spellings - 1));
  const linked = returns.filter((taken) => taken.orderId !== null).length;
  const { prefixes } = plan.cancellations;
  const cancelling = documents.filter(({ name }) => plan.cancellations.documents.has(name)).length;
  const row = (n: number, what: string, more: string): string[] =>
    n === 0 ? [] : [`  ${count(n).padStart(9)}  ${what}${more}`];
  const rows = [
    ...row(orders.length, `${as} orders`, `: ${plural(sold.length, 'line')}, ${moneyOf(sold, currency)}`),
    ...row(
      returns.length,
      'returns',
      `: ${moneyOf(back, currency)}, ${linked} of them from an order that is known`,
    ),
    ...row(
      cancelling,
      'documents that take back',
      prefixes.length > 0 ? `: those numbered ${prefixes.join('…, ')}…` : '',
    ),
    ...row(writeOffs.length, 'stock write-offs', `: ${pieces(writeOffs)}`),
    ...row(plan.newClients.length, 'new clients', ''),
    ...row(
      newProducts.length,
      'new products',
      `: ${services.length} are no goods (${
        services
          .map(({ sku }) => sku)
          .slice(0, SERVICES)
          .join(', ') || 'none'
      }${services.length > SERVICES ? ', …' : ''})` +
        `, ${plural(respelled, 'code')} merged with one in other upper and lower case`,
    ),
    ...row(openings.length, 'opening receipts', `: ${pieces(openings)}, so that stock is never below 0`),
    ...row(plan.rounded, 'prices rounded', ` to the decimals of ${currency}`),
  ];
  return [
    first
      ? `To import into zone ${plan.zone}${plan.newZone ? ' (new)' : ''} from source "${source}", ${periodOf(plan, timeZone)}:`
      : 'There is nothing new to import.',
    ...rows,
    ...row(plan.repeated, 'lines left alone', ': they are imported already'),
    ...row(plan.bad.length, 'bad lines', ', which are left out'),
    ...(services.some(({ isChosen }) => !isChosen)
      ? ['  What is no goods is told by its words; --goods CODE and --services CODE say otherwise.']
      : []),
    ...plan.unheeded.map(({ code, why }) => `  ${code}: ${UNHEEDED[why]}`),
  ];
}

const UNHEEDED: Readonly<Record<Plan['unheeded'][number]['why'], string>> = {
  is_goods: 'the desk has this product as goods, and --services is for new ones: change it in the desk',
  is_service: 'the desk has this product as no goods, and --goods is for new ones: change it in the desk',
  not_in_file: 'no line that can be used has this code; what --goods or --services says of it has no effect',
};

/** By the shop's clock. */
function periodOf({ documents }: Plan, timeZone: string): string {
  // Sweden writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return [documents[0], documents.at(-1)].map((document) => format.format(document?.at)).join(' to ');
}

/** Every bad line, and which documents are imported without some of their lines. */
export function describeBad({ bad, documents }: Plan): string[] {
  if (bad.length === 0) return [];
  const touched = new Set(bad.flatMap(({ document }) => document ?? []));
  const imported = new Set(documents.map(({ name }) => name));
  const partly = [...touched].filter((name) => imported.has(name));
  const wholly = [...touched].filter((name) => !imported.has(name));
  return [
    ...bad.map(
      ({ line, document, why }) =>
        `  line ${line}${document === null ? '' : `, document ${document}`}: ${reasonText(why)}`,
    ),
    ...(partly.length > 0 ? [`Imported without their bad lines: ${partly.join(', ')}`] : []),
    ...(wholly.length > 0 ? [`Not imported, or nothing more of them: ${wholly.join(', ')}`] : []),
  ];
}

export function describeResult({ plan, imported, stopped }: ImportResult, seconds: number): string[] {
  const done = `${plural(imported, 'document')} imported in ${seconds.toFixed(1)} s`;
  if (!stopped) return [`Done: ${done}.`];
  return [
    `Stopped: ${done}, ${count(plan.documents.length - imported)} are left.`,
    'Run the same command again to go on from here; nothing is imported twice.',
  ];
}
