import type { ImportDecision } from '@almenara/events';
import { type DecimalMark, minorDigits, otherMark, readFigure, toDecimal } from './numbers.ts';

export interface FoundMark {
  readonly mark: DecimalMark;
  /** False where the other mark would fit as well. */
  readonly certain: boolean;
  readonly why: Extract<ImportDecision, { about: 'decimal' }>['why'];
}

export interface MoneyCells {
  /** Line by line, like the prices. */
  readonly quantities: readonly string[];
  readonly prices: readonly string[];
  /** Columns of other amounts of money; some may be the totals of their lines. */
  readonly others?: readonly (readonly string[])[];
}

/** What the cells of one column say about marks. */
interface Tally {
  /** Cells that can only be read with decimals behind this mark: `2,55`, `1.234,5`, `0,125`. */
  readonly proof: Record<DecimalMark, number>;
  /** Cells with exactly three digits behind their only mark, `1.234`: thousands or three decimals. */
  readonly open: Record<DecimalMark, number>;
  /** Those of them that end in three zeros. */
  readonly zeros: Record<DecimalMark, number>;
  /** Cells without a mark. */
  bare: number;
}

function tally(cells: readonly string[]): Tally {
  const found: Tally = {
    proof: { ',': 0, '.': 0 },
    open: { ',': 0, '.': 0 },
    zeros: { ',': 0, '.': 0 },
    bare: 0,
  };
  for (const cell of cells) {
    const text = readFigure(cell)?.digits;
    if (text === undefined || text.includes('٫')) continue;
    const last = text.lastIndexOf(',') > text.lastIndexOf('.') ? ',' : '.';
    const [whole = '', digits, ...more] = text.split(last);
    if (digits === undefined) found.bare += 1;
    else if (more.length > 0) found.proof[otherMark(last)] += 1;
    else if (!/^[1-9]\d{0,2}$/.test(whole) || digits.length !== 3) found.proof[last] += 1;
    else {
      found.open[last] += 1;
      if (digits === '000') found.zeros[last] += 1;
    }
  }
  return found;
}

/**
 * Which mark has the decimals behind it, decided over all cells of all columns together. Where cells do not prove it,
 * a total that is quantity times price does; else quantities are whole, and a price with three decimals on every line
 * has three decimals. The rest is a guess by what separates the columns, and all but proofs is told as a guess.
 */
export function findDecimalMark(cells: MoneyCells, delimiter: string, currency = 'EUR'): FoundMark {
  const { others = [] } = cells;
  const quantities = tally(cells.quantities);
  const prices = tally(cells.prices);
  const rest = others.map(tally);
  const proofs = (mark: DecimalMark): number =>
    [quantities, prices, ...rest].reduce((sum, { proof }) => sum + proof[mark], 0);
  const [commas, points] = [proofs(','), proofs('.')];
  if (commas !== points) {
    const mark = commas > points ? ',' : '.';
    return Math.min(commas, points) === 0
      ? { mark, certain: true, why: 'cells' }
      : { mark, certain: false, why: 'most_cells' };
  }
  const byTotal = findByTotal(cells);
  if (byTotal) return { mark: byTotal, certain: true, why: 'total' };
  const found = byQuantities(quantities, prices) ?? byPrices(prices, rest, currency);
  // As many proofs for one as for the other prove nothing.
  if (found) return { ...found, certain: found.certain && commas === 0 };
  const isOpen = [quantities, prices].some(({ open }) => open[','] + open['.'] > 0);
  return {
    mark: delimiter === ';' ? ',' : '.',
    certain: commas === 0 && !isOpen,
    why: commas > 0 || isOpen ? 'delimiter' : 'no_decimals',
  };
}

/** Quantities are whole numbers: among those without a mark, three digits behind one are thousands. */
function byQuantities({ open, zeros, bare }: Tally, prices: Tally): FoundMark | null {
  const marks = ([',', '.'] as const).filter((mark) => open[mark] > 0);
  const [mark] = marks;
  if (mark === undefined || marks.length > 1) return null;
  if (bare > 0) return { mark: otherMark(mark), certain: true, why: 'thousands' };
  // Every one of them a number of thousands is less likely than three decimals, as some programs write all numbers.
  const areDecimals = zeros[mark] === open[mark] && prices.open[otherMark(mark)] === 0;
  return areDecimals
    ? { mark, certain: false, why: 'three_decimals' }
    : { mark: otherMark(mark), certain: false, why: 'thousands' };
}

/** As many amounts as are no accident. */
const MANY = 3;

function byPrices({ open, bare }: Tally, rest: readonly Tally[], currency: string): FoundMark | null {
  const marks = ([',', '.'] as const).filter((mark) => open[mark] > 0);
  const [mark] = marks;
  if (mark === undefined || marks.length > 1) return null;
  const digits = minorDigits(currency);
  if (digits === 0 || bare > 0) {
    return digits === 0 ? { mark: otherMark(mark), certain: false, why: 'thousands' } : null;
  }
  const amounts = rest.reduce((sum, other) => sum + other.open[mark], open[mark]);
  return digits === 3 || amounts >= MANY ? { mark, certain: false, why: 'three_decimals' } : null;
}

/** Of how many lines the total must be right in one reading, and at most in the other. */
const MOST = 0.8;
const FEW = 0.2;

/** The mark with which one of the other columns is quantity times price. */
function findByTotal({ quantities, prices, others = [] }: MoneyCells): DecimalMark | null {
  for (const totals of others) {
    const right = { ',': 0, '.': 0 };
    let lines = 0;
    for (const [i, total] of totals.entries()) {
      const cells = [quantities[i] ?? '', prices[i] ?? '', total];
      // Lines of one piece at a round price are right in any reading.
      if (cells.some((cell) => cell === '') || !cells.some((cell) => /[.,٫]/.test(cell))) continue;
      lines += 1;
      for (const mark of [',', '.'] as const) if (isProduct(cells, mark)) right[mark] += 1;
    }
    if (lines === 0) continue;
    for (const mark of [',', '.'] as const) {
      if (right[mark] >= lines * MOST && right[otherMark(mark)] <= lines * FEW) return mark;
    }
  }
  return null;
}

function isProduct(cells: readonly string[], mark: DecimalMark): boolean {
  const [quantity, price, total] = cells.map((cell) => {
    const figure = readFigure(cell);
    const text = figure && toDecimal(figure, mark);
    return text === null ? Number.NaN : Number(text);
  });
  if (quantity === undefined || price === undefined || total === undefined) return false;
  return Number.isInteger(quantity) && Math.abs(quantity * price - total) <= 0.011 + Math.abs(total) * 1e-9;
}
