import type { Order, OrderLine, ParsedInput, Product } from '@almenara/events';
import { allocate, FreeStock, heldBy, toppedUp, type Wanted } from '../domain/allocation.ts';
import { requireProduct } from '../domain/products.ts';
import type { Stock } from '../domain/stock.ts';
import { notFound } from '../errors.ts';
import type { Work } from '../unit/work.ts';

type LineInput = ParsedInput<'place_order'>['lines'][number];
/** A line on its way into an order: new, or one that keeps its id and the price it was placed at. */
interface Draft {
  readonly wanted: Wanted;
  readonly kept?: OrderLine;
}

export const productIds = (lines: readonly { productId: string }[]): string[] =>
  lines.map((line) => line.productId);

const reservedOf = ({ allocations }: OrderLine): number =>
  allocations.reduce((sum, { quantity }) => sum + quantity, 0);

/** The lines of a new order, with goods for all of them. */
export function newLines(work: Work, stock: Stock, inputs: readonly LineInput[]): OrderLine[] {
  const products = productsOf(work, productIds(inputs));
  return fill(
    work,
    new FreeStock(stock),
    products,
    inputs.map((wanted): Draft => ({ wanted })),
  );
}

const productsOf = (work: Work, ids: readonly string[]): Map<string, Product> =>
  new Map(ids.map((id) => [id, requireProduct(work, id)]));

/** Turns drafts into lines, with goods for all of those that are stocked, or throws `out_of_stock`. */
function fill(
  work: Work,
  free: FreeStock,
  products: ReadonlyMap<string, Product>,
  drafts: readonly Draft[],
): OrderLine[] {
  const stocked = drafts.filter(({ wanted }) => products.get(wanted.productId)?.stocked);
  const allocations = allocate(
    free,
    stocked.map((draft) => draft.wanted),
  );
  return drafts.map((draft) => {
    const { wanted, kept } = draft;
    const product = products.get(wanted.productId);
    if (!product) throw notFound('product', wanted.productId);
    return {
      id: kept?.id ?? work.newId(),
      productId: product.id,
      sku: kept?.sku ?? product.sku,
      name: kept?.name ?? product.name,
      quantity: wanted.quantity,
      unitPrice: kept?.unitPrice ?? product.unitPrice,
      allocations: allocations[stocked.indexOf(draft)] ?? [],
      short: product.stocked ? wanted.quantity - (wanted.atLeast ?? wanted.quantity) : 0,
    };
  });
}

/** What a line must have after an edit: what it has, or less if it asks for less, and all that it asks for on top. */
function atLeast({ quantity, short }: OrderLine, wanted: number): number {
  const has = quantity - short;
  return wanted > quantity ? has + wanted - quantity : Math.min(has, wanted);
}

/** Whether a line asks for what it has, where it has it. */
const isSame = ({ wanted, kept }: Draft): boolean =>
  kept !== undefined &&
  kept.quantity === wanted.quantity &&
  (wanted.zone === undefined || kept.allocations.every(({ zone }) => zone === wanted.zone));

/** Lines are matched by product, one by one, so that what stays keeps its id and its price. */
function draftsOf(before: Order, inputs: readonly LineInput[]): Draft[] {
  const unmatched = [...before.lines];
  return inputs.map((wanted) => {
    const index = unmatched.findIndex((line) => line.productId === wanted.productId);
    const [kept] = index < 0 ? [] : unmatched.splice(index, 1);
    return kept ? { kept, wanted: { ...wanted, atLeast: atLeast(kept, wanted.quantity) } } : { wanted };
  });
}

/**
 * The lines of an edited order. A line that asks for what it has keeps its goods; one that asks for more or less,
 * or elsewhere, is allocated anew from what is free and what the order gives back. Then short lines get what is left.
 */
export function relined(work: Work, stock: Stock, before: Order, inputs: readonly LineInput[]): OrderLine[] {
  const products = productsOf(work, [...productIds(inputs), ...productIds(before.lines)]);
  const drafts = draftsOf(before, inputs);
  const changed = drafts.filter((draft) => !isSame(draft));
  const staying = new Set(drafts.filter(isSame).map((draft) => draft.kept));
  const free = new FreeStock(stock, heldBy(before.lines.filter((line) => !staying.has(line))));

  const filled = fill(work, free, products, changed);
  return drafts.map((draft) => {
    const line = isSame(draft) ? draft.kept : filled[changed.indexOf(draft)];
    if (!line) throw new Error('A line of an edited order was lost.');
    return toppedUp(free, line, draft.wanted.zone);
  });
}

/** The products of which less is reserved than before. */
export function givenUp(before: readonly OrderLine[], after: readonly OrderLine[]): string[] {
  const sumOf = (lines: readonly OrderLine[], productId: string): number =>
    lines.reduce((sum, line) => sum + (line.productId === productId ? reservedOf(line) : 0), 0);
  return [...new Set(productIds(before))].filter((id) => sumOf(after, id) < sumOf(before, id));
}
