import type { BadLine } from '../read/lines.ts';
import type { FoundCancellations } from './cancellations.ts';
import type { Goods, Unheeded } from './goods.ts';
import type { Opening } from './openings.ts';

export interface PlannedLine {
  readonly position: number;
  /** Of the product. */
  readonly key: string;
  /** Always above 0. */
  readonly quantity: number;
  readonly amount: number;
  readonly description: string;
}

/** What becomes of a document: an order, a return, write-offs, or several of them. */
export interface PlannedDocument {
  readonly name: string;
  readonly at: Date;
  readonly clientId: string;
  readonly sale: { readonly orderId: string; readonly lines: readonly PlannedLine[] } | null;
  readonly takenBack: {
    readonly returnId: string;
    readonly orderId: string | null;
    readonly lines: readonly PlannedLine[];
  } | null;
  readonly writeOffs: readonly PlannedLine[];
  /** What the next run recognises them by. */
  readonly claims: readonly { readonly position: number; readonly hash: string }[];
}

export interface PlannedClient {
  readonly id: string;
  readonly name: string;
  readonly country: string | null;
}

export interface Plan {
  /** Where the goods are taken from: as its code is written where there is one, else as somebody has asked for it. */
  readonly zone: string;
  /** Whether the zone must be made. */
  readonly newZone: boolean;
  /** Those of the new documents that there are none of yet. */
  readonly newProducts: readonly Goods[];
  readonly newClients: readonly PlannedClient[];
  /** Received before the first document. */
  readonly openings: readonly Opening[];
  readonly openedAt: Date;
  /** By date. */
  readonly documents: readonly PlannedDocument[];
  /** Lines that an earlier run has imported. */
  readonly repeated: number;
  /** Lines whose price was rounded, of those that will be imported. */
  readonly rounded: number;
  /** By line. */
  readonly bad: readonly BadLine[];
  readonly cancellations: FoundCancellations;
  /** What was said of products to no effect. */
  readonly unheeded: readonly Unheeded[];
}
