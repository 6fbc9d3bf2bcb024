import type { Order, OrderLine, ParsedInput, Product } from '@almenara/events';
import type { CommandTx } from '../commands/handler.ts';
import { allocate, FreeStock, heldBy, rebook, toppedUp, type Wanted } from '../domain/allocation.ts';
import { findProducts } from '../domain/products.ts';
import { Stock } from '../domain/stock.ts';
import { fillWaiting } from '../domain/waiting.ts';
import { notFound } from '../errors.ts';

type LineInput = ParsedInput<'place_order'>['lines'][number];
/** A line on its way into an order: new, or one that keeps its id and the price it was placed at. */
interface Draft {
  readonly wanted: Wanted;
  readonly kept?: OrderLine;
}

export const productIds = (lines: readonly { productId: string }[]): string[] =>
  lines.map((line) => line.productId);

const stockedIds = (products: ReadonlyMap<string, Product>): string[] =>
  [...products.values()].filter((product) => product.stocked).map((product) => product.id);

const reservedOf = ({ allocations }: OrderLine): number =>
  allocations.reduce((sum, { quantity }) => sum + quantity, 0);

/** The lines of a new order, with goods for all of them; the stock that they are to be booked in. */
export async function newLines(
  tx: CommandTx,
  inputs: readonly LineInput[],
  userId: string,
): Promise<{ lines: OrderLine[]; stock: Stock }> {
  const products = await findProducts(tx.db, productIds(inputs));
  const stock = await Stock.lock(tx, userId, stockedIds(products));
  const drafts = inputs.map((wanted): Draft => ({ wanted }));
  return { lines: fill(tx, new FreeStock(stock), products, drafts), stock };
}

/** Turns drafts into lines, with goods for all of those that are stocked, or throws `out_of_stock`. */
function fill(
  tx: CommandTx,
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
      id: kept?.id ?? tx.newId(),
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
 * or elsewhere, is allocated anew from what is free and what the order gives back. Then short lines get what is left,
 * and after them the orders that wait for what this one gave up. The order is stored by the caller.
 *
 * @param locked what `lockWaiting` has locked
 */
export async function relined(
  tx: CommandTx,
  before: Order,
  inputs: readonly LineInput[],
  locked: ReadonlySet<string>,
  userId: string,
): Promise<OrderLine[]> {
  const products = await findProducts(tx.db, [...productIds(inputs), ...productIds(before.lines)]);
  const stock = await Stock.lock(tx, userId, stockedIds(products));

  const drafts = draftsOf(before, inputs);
  const changed = drafts.filter((draft) => !isSame(draft));
  const staying = new Set(drafts.filter(isSame).map((draft) => draft.kept));
  const free = new FreeStock(stock, heldBy(before.lines.filter((line) => !staying.has(line))));

  const filled = fill(tx, free, products, changed);
  const lines = drafts.map((draft) => {
    const line = isSame(draft) ? draft.kept : filled[changed.indexOf(draft)];
    if (!line) throw new Error('A line of an edited order was lost.');
    return toppedUp(free, line, draft.wanted.zone);
  });
  rebook(stock, before.id, before.lines, lines);
  await fillWaiting(tx, stock, locked, givenUp(before.lines, lines), before.id);
  await stock.save();
  return lines;
}

/** The products of which less is reserved than before. */
export function givenUp(before: readonly OrderLine[], after: readonly OrderLine[]): string[] {
  const sumOf = (lines: readonly OrderLine[], productId: string): number =>
    lines.reduce((sum, line) => sum + (line.productId === productId ? reservedOf(line) : 0), 0);
  return [...new Set(productIds(before))].filter((id) => sumOf(after, id) < sumOf(before, id));
}
