import { available } from '@almenara/events';
import type { CommandTx } from '../../commands/handler.ts';
import { type Place, Stock } from '../../domain/stock.ts';

import type { Opening } from '../plan/openings.ts';
import type { ImportOptions } from '../read/options.ts';

/** What every batch of goods is written with. */
export interface Setting {
  readonly options: ImportOptions;
  /** By key. */
  readonly productIds: ReadonlyMap<string, string>;
  /** When the opening stock arrived. */
  readonly openedAt: Date;
}

const REASON = 'Opening stock (import)';

export function placeOf({ options, productIds }: Setting, key: string): Place {
  const productId = productIds.get(key);
  if (productId === undefined)
    throw new Error(`There is no product ${key}: it was renamed while the import ran.`);
  return { zone: options.zone, productId };
}

export function receiveOpening(stock: Stock, setting: Setting, key: string, quantity: number): void {
  stock.move(placeOf(setting, key), {
    kind: 'receipt',
    onHand: quantity,
    reason: REASON,
    at: setting.openedAt,
  });
}

export async function writeOpenings(
  tx: CommandTx,
  setting: Setting,
  openings: readonly Opening[],
): Promise<void> {
  const places = openings.map(({ key }) => placeOf(setting, key));
  const stock = new Stock(await tx.hold({ places }));
  for (const { key, upTo } of openings) {
    const missing = upTo - available(stock.at(placeOf(setting, key)));
    if (missing > 0) receiveOpening(stock, setting, key, missing);
  }
  stock.tell();
}
