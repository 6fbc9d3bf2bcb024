import { cut, type ImportBadLine, type ImportPlan, type ImportPreview } from '@almenara/events';
import { decisionsOf } from '../plan/decisions.ts';
import type { Plan, PlannedLine } from '../plan/planned.ts';
import { type Columns, missingFields } from '../read/columns.ts';
import type { SalesLine, SalesTable } from '../read/lines.ts';
import type { ImportOptions } from '../read/options.ts';
import type { Row } from '../read/table.ts';
import { reasonText } from '../report/reasons.ts';
import type { Preview } from './run.ts';

/** What the browser shows of an import before it runs. */

const ROWS = 5;
const SAMPLES = 8;
const BAD_LINES = 100;
const SERVICES = 100;
/** A hostile line may be as long as the file. */
const CONTENT_LENGTH = 500;
const CELL_LENGTH = 120;

const shorten = (text: string, length: number): string =>
  text.length > length ? `${cut(text, length - 1)}…` : text;

export function showPreview(
  table: SalesTable,
  options: ImportOptions,
  preview: Preview | null,
): ImportPreview {
  const { source, zone, currency, timeZone, as, cancellations, services = [], goods = [] } = options;
  return {
    settings: {
      source,
      zone,
      currency,
      timeZone,
      as,
      delimiter: table.delimiter,
      columns: chosen(table.columns),
      cancellations,
      services,
      goods,
    },
    encoding: table.encoding.replace(/ with .*/, ''),
    lines: table.rows.length,
    headings: table.headings.map((heading) => cut(heading, CELL_LENGTH)),
    rows: table.rows.slice(0, ROWS).map(({ line, cells }) => ({
      line,
      cells: cells.slice(0, table.headings.length).map((cell) => shorten(cell, CELL_LENGTH)),
    })),
    missing: missingFields(table.columns),
    reading: preview && {
      decimal: preview.file.decimal.mark,
      decimalCertain: preview.file.decimal.certain,
      dateOrder: preview.file.dateOrder.order,
      dateOrderCertain: preview.file.dateOrder.certain,
      decisions: decisionsOf(preview.file, table.headings, preview.plan, options),
      unused: [...preview.file.unused],
    },
    plan: preview && showPlan(table, options, preview),
  };
}

function chosen(columns: Columns): ImportPreview['settings']['columns'] {
  const at = (index: number): number | null => (index < 0 ? null : index);
  const { document, code, quantity, date, price, description, customer, country } = columns;
  return {
    document: at(document),
    code: at(code),
    quantity: at(quantity),
    date: at(date),
    price: at(price),
    description: at(description),
    customer: at(customer),
    country: at(country),
  };
}

function showPlan(table: SalesTable, { currency }: ImportOptions, { file, plan }: Preview): ImportPlan {
  const sales = plan.documents.flatMap(({ sale }) => sale ?? []);
  const returns = plan.documents.flatMap(({ takenBack }) => takenBack ?? []);
  const money = (lines: readonly PlannedLine[]) => ({
    // More than the contract's bound of one amount is told as the bound.
    amount: Math.min(
      1_000_000_000_000,
      lines.reduce((sum, line) => sum + line.quantity * line.amount, 0),
    ),
    currency,
  });
  const [first] = plan.documents;
  const last = plan.documents.at(-1);
  const soldLines = sales.flatMap((sale) => sale.lines);
  return {
    orders: sales.length,
    orderLines: soldLines.length,
    sold: money(soldLines),
    returns: returns.length,
    takenBack: money(returns.flatMap((taken) => taken.lines)),
    writeOffs: plan.documents.reduce((n, document) => n + document.writeOffs.length, 0),
    clients: plan.newClients.length,
    products: plan.newProducts.length,
    services: plan.newProducts.filter((product) => !product.stocked).length,
    serviceProducts: plan.newProducts
      .filter(({ stocked, isChosen }) => !stocked || isChosen)
      .slice(0, SERVICES)
      .map(({ sku, name, stocked, isChosen }) => ({ sku, name: cut(name, CELL_LENGTH), stocked, isChosen })),
    openings: plan.openings.length,
    rounded: plan.rounded,
    repeated: plan.repeated,
    bad: plan.bad.length,
    newZone: plan.newZone,
    period: first && last ? { from: first.at.toISOString(), to: last.at.toISOString() } : null,
    samples: file.lines.slice(0, SAMPLES).map((line) => sample(line, currency)),
    badLines: [...badLines(table, { ...plan, bad: plan.bad.slice(0, BAD_LINES) })],
  };
}

const sample = (line: SalesLine, currency: string): ImportPlan['samples'][number] => ({
  line: line.line,
  document: line.document,
  code: line.code,
  description: shorten(line.description, CELL_LENGTH),
  quantity: line.quantity,
  moment: line.moment,
  price: { amount: line.amount, currency },
  customer: line.customer,
  country: line.country,
});

/** Bad lines with what the file says there. */
export function* badLines(table: SalesTable, { bad }: Pick<Plan, 'bad'>): Generator<ImportBadLine> {
  const rows = new Map<number, Row>(table.rows.map((row) => [row.line, row]));
  for (const { line, document, why } of bad) {
    const content = (rows.get(line)?.cells ?? []).join(table.delimiter);
    yield {
      line,
      document: document === null ? null : shorten(document, CELL_LENGTH),
      reason: reasonText(why),
      why,
      content: shorten(content, CONTENT_LENGTH),
    };
  }
}
