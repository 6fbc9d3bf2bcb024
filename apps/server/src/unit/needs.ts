/** A product's level in a zone. */
export interface Place {
  readonly zone: string;
  readonly productId: string;
}

export const placeKey = ({ zone, productId }: Place): string => `${zone} ${productId}`;

/** What is on hand at a place is set right: what is reserved beyond it gives way, what is found goes to who waits. */
export interface Correction extends Place {
  /** What will be on hand, by what is. */
  readonly target: (onHand: number) => number;
}

/**
 * The rows that a command works on, by what names them. All of them are read and locked before it decides, in the one
 * order there is: counts, orders, clients, products, levels; what others do not change is only read.
 */
export interface Needs {
  /** Orders by id, with their lines; there need not be any. */
  readonly orders?: readonly string[];
  /** Ids that new orders shall have. */
  readonly newOrders?: readonly string[];
  /** Orders that wait for goods of these products. */
  readonly waiting?: readonly string[];
  /** Orders whose goods may be given up: those that wait for what is on their lines. */
  readonly givenUp?: readonly string[];
  readonly corrections?: readonly Correction[];
  /** Clients by id, or those they were merged into; there need not be any. */
  readonly clients?: readonly string[];
  /** Ids that new clients shall have. */
  readonly newClients?: readonly string[];
  /** Clients that are changed. */
  readonly changedClients?: readonly string[];
  readonly products?: readonly string[];
  readonly changedProducts?: readonly string[];
  /** Codes as they are compared: whose they are, or that they are free. */
  readonly skus?: readonly string[];
  readonly barcodes?: readonly string[];
  readonly zones?: readonly string[];
  /** Products all of whose levels are held. */
  readonly levels?: readonly string[];
  /** Places that must have a level; those of products on shelves. */
  readonly places?: readonly Place[];
  /** Products whose goods want a place: where most of them are, else in the first zone. */
  readonly homes?: readonly string[];
  /** Orders of which one must know what has come back. */
  readonly returnsOf?: readonly string[];
  readonly users?: readonly string[];
  readonly counts?: readonly { readonly countId: string; readonly productId: string }[];
  /** New order numbers, at most. */
  readonly numbers?: number;
}

type ListOf<K extends keyof Needs> = NonNullable<Needs[K]> extends readonly (infer Item)[] ? Item : never;
type ListKey = Exclude<keyof Needs, 'numbers'>;

/** What all of these name. */
export class Named {
  private readonly all: readonly Needs[];

  constructor(all: readonly Needs[]) {
    this.all = all;
  }

  list<K extends ListKey>(key: K): ListOf<K>[] {
    const found: unknown[] = [];
    for (const needs of this.all) for (const item of needs[key] ?? []) found.push(item);
    return found as ListOf<K>[];
  }

  /** Of keys that are text: each once, sorted as the rows are locked. */
  keys(...names: KeyList[]): string[] {
    const found = new Set<string>();
    for (const name of names)
      for (const needs of this.all) for (const key of needs[name] ?? []) found.add(key);
    return [...found].sort();
  }

  get numbers(): number {
    return this.all.reduce((sum, { numbers = 0 }) => sum + numbers, 0);
  }
}

type KeyList = {
  [K in ListKey]: ListOf<K> extends string ? K : never;
}[ListKey];

/** How many rows are named: what a transaction should hold is bounded. */
export function sizeOf(needs: Needs): number {
  let size = 0;
  for (const value of Object.values(needs)) size += Array.isArray(value) ? value.length : 0;
  return size;
}
