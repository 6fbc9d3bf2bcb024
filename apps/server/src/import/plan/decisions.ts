import type { ImportDecision } from '@almenara/events';
import type { SalesFile } from '../read/lines.ts';
import { otherMark } from '../read/numbers.ts';
import type { ImportOptions } from '../read/options.ts';
import type { Plan } from './planned.ts';

/** What was made of a file, each with whether it could be something else: guesses are told as guesses. */
export function decisionsOf(
  file: SalesFile,
  headings: readonly string[],
  { cancellations, documents }: Pick<Plan, 'cancellations' | 'documents'>,
  options: ImportOptions,
): ImportDecision[] {
  const column = (at: number) => ({ column: at, heading: [...(headings[at] ?? '')].slice(0, 120).join('') });
  const { decimal, dateOrder, century, future } = file;
  const decisions: ImportDecision[] = [
    ...file.columns.map(
      ({ field, at, certain, others }): ImportDecision => ({
        about: 'column',
        certain,
        field,
        read: column(at),
        others: others.map(column),
      }),
    ),
    {
      about: 'decimal',
      certain: decimal.certain,
      read: decimal.mark,
      others: decimal.certain ? [] : [otherMark(decimal.mark)],
      why: decimal.why,
    },
    {
      about: 'dates',
      certain: dateOrder.certain,
      read: dateOrder.order,
      others: [...dateOrder.others],
      why: dateOrder.why,
    },
    decideCurrency(file, options),
  ];
  if (century.lines > 0)
    decisions.push({ about: 'century', certain: false, lines: century.lines, years: [...century.years] });
  if (future.lines > 0 && options.as === 'delivered')
    decisions.push({ about: 'future', certain: false, ...future });
  const cancelling = documents.filter(({ name }) => cancellations.documents.has(name)).length;
  if (cancellations.documents.size > 0 || cancellations.others.length > 0)
    decisions.push({
      about: 'cancellations',
      certain: cancellations.certain,
      read: options.cancellations,
      prefixes: [...cancellations.prefixes],
      documents: cancelling,
      others: [...cancellations.others],
    });
  return decisions;
}

function decideCurrency(
  { currencies }: SalesFile,
  { currency, currencyFrom }: ImportOptions,
): ImportDecision {
  const { named, signed } = currencies;
  const found = named.slice(0, 10).map((one) => ({ ...one }));
  const codes = named.map((one) => one.currency);
  const says = codes.length > 0 ? codes : signed;
  const isContradicted = says.length > 0 && !says.includes(currency);
  const isMixed = named.length > 1;
  const others = [
    ...new Set([...codes, ...(currencyFrom === 'sign' ? signed : []), ...(isContradicted ? says : [])]),
  ]
    .filter((code) => code !== currency)
    .slice(0, 10);
  return {
    about: 'currency',
    certain: !isContradicted && !isMixed && currencyFrom !== 'sign',
    read: currency,
    found,
    others,
    isFound: currencyFrom !== 'told',
    why: isContradicted ? 'contradicted' : isMixed ? 'mixed' : currencyFrom,
  };
}
