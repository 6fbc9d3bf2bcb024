import type { CommandFailed } from '@almenara/client';
import type { CommandInput, Order, Product } from '@almenara/events';
import * as z from 'zod/mini';

/** A line as it is typed. Its key stays while lines come and go. */
export interface LineDraft {
  readonly key: string;
  readonly productId: string;
  readonly sku: string;
  readonly name: string;
  readonly unitPrice: Product['unitPrice'];
  readonly quantity: string;
}

const draftOf = (product: Product): LineDraft => ({
  key: product.id,
  productId: product.id,
  sku: product.sku,
  name: product.name,
  unitPrice: product.unitPrice,
  quantity: '1',
});

export const draftsOf = (order: Order): LineDraft[] =>
  order.lines.map((line) => ({
    key: line.id,
    productId: line.productId,
    sku: line.sku,
    name: line.name,
    unitPrice: line.unitPrice,
    quantity: String(line.quantity),
  }));

/** A product that is there already is one more of it. */
export function withProduct(lines: readonly LineDraft[], product: Product): readonly LineDraft[] {
  const at = lines.findIndex((line) => line.productId === product.id);
  if (at < 0) return [...lines, draftOf(product)];
  return lines.map((line, i) =>
    i === at ? { ...line, quantity: String((toQuantity(line) || 0) + 1) } : line,
  );
}

/** NaN where it is no whole number: the contract's schema says so at the field. */
const toQuantity = (line: LineDraft): number =>
  /^\s*\d+\s*$/.test(line.quantity) ? Number(line.quantity) : Number.NaN;

export const toLines = (lines: readonly LineDraft[]): CommandInput<'place_order'>['lines'] =>
  lines.map((line) => ({ productId: line.productId, quantity: toQuantity(line) }));

/** Whether two lists ask for the same goods. */
export const sameLines = (a: readonly LineDraft[], b: readonly LineDraft[]): boolean =>
  a.length === b.length &&
  a.every((line, i) => line.productId === b[i]?.productId && line.quantity.trim() === b[i]?.quantity.trim());

const Missing = z.object({
  lines: z.array(z.object({ line: z.int(), requested: z.number(), available: z.number() })),
});
export type MissingLine = z.infer<typeof Missing>['lines'][number];

/** What an `out_of_stock` answer says of each line, by its place. */
export function missingByLine(error: CommandFailed | null): ReadonlyMap<number, MissingLine> {
  if (error?.code !== 'out_of_stock') return new Map();
  const details = Missing.safeParse(error.details);
  return new Map(details.success ? details.data.lines.map((line) => [line.line, line]) : []);
}

/** Null while the lines do not add up to one sum of one currency. */
export function totalOfDrafts(lines: readonly LineDraft[]): Product['unitPrice'] | null {
  const currency = lines[0]?.unitPrice.currency;
  if (currency === undefined || lines.some((line) => line.unitPrice.currency !== currency)) return null;
  const amount = lines.reduce((sum, line) => sum + line.unitPrice.amount * toQuantity(line), 0);
  return Number.isNaN(amount) ? null : { amount, currency };
}
