import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { gatherDocuments } from '../../apps/server/src/import/plan/documents.ts';
import { type Goods, gatherGoods } from '../../apps/server/src/import/plan/goods.ts';
import { productKey } from '../../apps/server/src/import/plan/keys.ts';
import { settle } from '../../apps/server/src/import/read/currency.ts';
import { openSales, type SalesFile, understand } from '../../apps/server/src/import/read/lines.ts';
import type { AskedOptions, ImportOptions } from '../../apps/server/src/import/read/options.ts';
import { ReplayError } from './replay-error.ts';

/** The most lines that an order may have. */
const MOST_LINES = 500;

export interface Sale {
  readonly document: string;
  /** Ms since 1970. */
  readonly at: number;
  /** Its number; null where the file names nobody. */
  readonly customer: string | null;
  readonly country: string | null;
  readonly lines: readonly { readonly key: string; readonly quantity: number }[];
}

export interface Sales {
  /** The earliest first. */
  readonly sales: readonly Sale[];
  /** What they are of, by key of the code. */
  readonly goods: ReadonlyMap<string, Goods>;
  /** Lines of the file that cannot be used. */
  readonly bad: number;
}

/** @throws ReplayError, ImportError */
export async function readSalesFile(
  file: string,
  limit: number,
  asked: AskedOptions,
): Promise<Sales & { readonly currency: string }> {
  // Package managers change to the project's folder.
  const path = resolve(process.env.INIT_CWD ?? process.cwd(), file);
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new ReplayError(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  const table = openSales(bytes, asked);
  const options = settle(table, asked);
  return { ...toSales(understand(table, options), limit, options), currency: options.currency };
}

export function toSales(file: SalesFile, limit: number, { timeZone, cancellations }: ImportOptions): Sales {
  const { documents, bad } = gatherDocuments(file.lines, timeZone, cancellations);
  const sales = documents
    .flatMap(({ name, at, customer, lines }): Sale[] => {
      const sold = lines.filter(({ quantity }) => quantity > 0);
      const country = sold.find((line) => line.country !== null)?.country ?? null;
      const parts: Sale[] = [];
      for (let i = 0; i < sold.length; i += MOST_LINES) {
        parts.push({
          document: name,
          at: at.getTime(),
          customer,
          country: customer === null ? null : country,
          lines: sold
            .slice(i, i + MOST_LINES)
            .map(({ code, quantity }) => ({ key: productKey(code), quantity })),
        });
      }
      return parts;
    })
    .slice(0, limit);
  const used = new Set(sales.flatMap(({ lines }) => lines.map(({ key }) => key)));
  const goods = new Map(
    [...gatherGoods(documents.flatMap(({ lines }) => lines))].filter(([key]) => used.has(key)),
  );
  return { sales, goods, bad: file.bad.length + bad.length };
}
