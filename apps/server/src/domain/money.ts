import { Money } from '@almenara/events';
import { conflict, invalid } from '../errors.ts';

/** Prisma hands BIGINT columns out as bigint; amounts stay far below 2^53 (the contract bounds them). */
export const money = (row: { amount: bigint; currency: string }): Money => ({
  amount: Number(row.amount),
  currency: row.currency,
});

/** The sum of the lines, in the one currency they all have. */
export function totalOf(lines: readonly { quantity: number; unitPrice: Money }[]): Money {
  const [first] = lines;
  if (!first) throw conflict('An order needs at least one line.');
  const { currency } = first.unitPrice;
  const other = lines.find((line) => line.unitPrice.currency !== currency);
  if (other) throw conflict(`An order has one currency, not ${currency} and ${other.unitPrice.currency}.`);
  const amount = lines.reduce((sum, line) => sum + line.quantity * line.unitPrice.amount, 0);
  if (!Money.shape.amount.safeParse(amount).success)
    throw invalid('The total of the order is too large.', 'lines');
  return { amount, currency };
}
