import type { ImportReason } from '@almenara/events';
import { toInstant } from '../read/dates.ts';
import type { BadLine, SalesLine } from '../read/lines.ts';
import { type FoundCancellations, findCancellations } from './cancellations.ts';

/** The lines of one document, with what holds for all of them. */
export interface SalesDocument {
  readonly name: string;
  /** A document of its own that takes back what others sold. */
  readonly cancels: boolean;
  /** The date of its first line in time. */
  readonly at: Date;
  /** Null for a sale to whoever walked in. */
  readonly customer: string | null;
  readonly lines: readonly SalesLine[];
}

/**
 * Lines of one document: it is written in one transaction, which has some seconds. Far more than an order that people
 * place may have; whoever has more has taken another column for the document's number.
 */
const MOST_LINES = 5000;
/** The contract's bound of an order's total, in minor units. */
const MOST = 1_000_000_000_000;

/**
 * Gathers lines into documents, the earliest first; documents of one minute stay as the file has them. A document
 * has one customer: lines that do not say belong to the one that others name, lines that name another are bad.
 *
 * @param rule which documents take back what others sold, as `ImportCancellations` has it
 */
export function gatherDocuments(
  lines: readonly SalesLine[],
  timeZone: string,
  rule: string,
): { documents: SalesDocument[]; bad: BadLine[]; cancellations: FoundCancellations } {
  const bad: BadLine[] = [];
  const refuse = (line: SalesLine, why: ImportReason): void =>
    void bad.push({ line: line.line, document: line.document, why });
  const instants = new Map<string, number>();
  const instantOf = (moment: string): number => {
    const known = instants.get(moment) ?? toInstant(moment, timeZone).getTime();
    instants.set(moment, known);
    return known;
  };

  const cancellations = findCancellations(lines, rule);
  const documents: SalesDocument[] = [];
  for (const [name, all] of groupByDocument(lines)) {
    const cancels = cancellations.documents.has(name);
    const customer = all.find((line) => line.customer !== null)?.customer ?? null;
    const kept = all.filter((line) => {
      if (line.customer !== null && customer !== null && line.customer !== customer) {
        refuse(line, { code: 'other_customer', customer: line.customer, first: customer });
        return false;
      }
      if (cancels && line.quantity > 0) {
        refuse(line, { code: 'positive_cancellation' });
        return false;
      }
      return true;
    });
    if (kept.length === 0) continue;
    if (kept.length > MOST_LINES) {
      for (const line of kept) refuse(line, { code: 'long_document', lines: kept.length, most: MOST_LINES });
      continue;
    }
    const worth = (sign: 1 | -1) =>
      kept.reduce((sum, line) => sum + Math.max(0, sign * line.quantity) * line.amount, 0);
    if (worth(1) > MOST || worth(-1) > MOST) {
      for (const line of kept) refuse(line, { code: 'large_total' });
      continue;
    }
    // A document may have more lines than a call takes arguments.
    const first = kept.reduce(
      (least, line) => Math.min(least, instantOf(line.moment)),
      Number.POSITIVE_INFINITY,
    );
    documents.push({ name, cancels, at: new Date(first), customer, lines: kept });
  }
  // Sorting is stable.
  documents.sort((a, b) => a.at.getTime() - b.at.getTime());
  return { documents, bad, cancellations };
}

function groupByDocument(lines: readonly SalesLine[]): Map<string, SalesLine[]> {
  const groups = new Map<string, SalesLine[]>();
  for (const line of lines) {
    const group = groups.get(line.document);
    if (group) group.push(line);
    else groups.set(line.document, [line]);
  }
  return groups;
}
