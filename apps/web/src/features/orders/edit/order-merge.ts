import { hasEditableLines, isClosed, type Order } from '@almenara/events';
import type { LineDraft } from './line-draft.ts';
import { type OrderDraft, toDraft } from './order-draft.ts';

/** One field that a person can see: the client, the notes, or how many of a product. */
export interface MergeField {
  readonly key: string;
  readonly kind: 'client' | 'notes' | 'line';
  /** Of a line. */
  readonly product: string | null;
  /** As the edit began; null where there was nothing. */
  readonly base: string | null;
  readonly mine: string | null;
  readonly theirs: string | null;
  /** Who has changed it since the edit began, and whether to the same. */
  readonly touched: { readonly mine: boolean; readonly theirs: boolean; readonly alike: boolean };
}

export type Side = 'mine' | 'theirs';
/** Which side was chosen, by the field's key; mine where nothing was: what somebody typed is never dropped unasked. */
export type Choices = Readonly<Partial<Record<string, Side>>>;

export interface Merge {
  /** Changed by both, to different things. */
  readonly conflicts: readonly MergeField[];
  /** The new version no longer lets lines be edited: mine give way. */
  readonly linesSettled: boolean;
  /** The new version lets nothing be edited. */
  readonly closed: boolean;
}

/** Lines by product; the same product on several lines is told apart by its place among them. */
function byKey(lines: readonly LineDraft[]): Map<string, LineDraft> {
  const seen = new Map<string, number>();
  return new Map(
    lines.map((line) => {
      const nth = seen.get(line.productId) ?? 0;
      seen.set(line.productId, nth + 1);
      return [`line:${line.productId}:${nth}`, line];
    }),
  );
}

interface Sides {
  readonly base: OrderDraft;
  readonly mine: OrderDraft;
  readonly theirs: OrderDraft;
}

const sidesOf = (base: Order, mine: OrderDraft, newer: Order): Sides => ({
  base: toDraft(base),
  mine,
  theirs: toDraft(newer),
});

/** Compares by `of`, which may say more than what is shown: two clients may have one name. */
function touched<T>(
  { base, mine, theirs }: Record<'base' | Side, T>,
  of: (value: T) => string | null,
): MergeField['touched'] {
  const [was, my, their] = [of(base), of(mine), of(theirs)];
  return { mine: my !== was, theirs: their !== was, alike: my === their };
}

const quantityOf = (line: LineDraft | undefined): string | null => line?.quantity.trim() ?? null;
const notesOf = (draft: OrderDraft): string | null => draft.notes.trim() || null;
const clientOf = (draft: OrderDraft): string | null => draft.client?.name ?? null;

function fieldsOf(sides: Sides): MergeField[] {
  const { base, mine, theirs } = sides;
  const lines = { base: byKey(base.lines), mine: byKey(mine.lines), theirs: byKey(theirs.lines) };
  const keys = new Set([...lines.base.keys(), ...lines.theirs.keys(), ...lines.mine.keys()]);
  return [
    {
      key: 'client',
      kind: 'client',
      product: null,
      base: clientOf(base),
      mine: clientOf(mine),
      theirs: clientOf(theirs),
      touched: touched(sides, (draft) => draft.client?.id ?? null),
    },
    {
      key: 'notes',
      kind: 'notes',
      product: null,
      base: notesOf(base),
      mine: notesOf(mine),
      theirs: notesOf(theirs),
      touched: touched(sides, notesOf),
    },
    ...[...keys].map((key): MergeField => {
      const line = { base: lines.base.get(key), mine: lines.mine.get(key), theirs: lines.theirs.get(key) };
      return {
        key,
        kind: 'line',
        product: (line.mine ?? line.theirs ?? line.base)?.name ?? '',
        base: quantityOf(line.base),
        mine: quantityOf(line.mine),
        theirs: quantityOf(line.theirs),
        touched: touched(line, quantityOf),
      };
    }),
  ];
}

/** Changed by both, to different things; and my lines where lines can no longer be changed. */
const clashes = ({ kind, touched: { mine, theirs, alike } }: MergeField, linesSettled: boolean): boolean =>
  mine && !alike && (theirs || (kind === 'line' && linesSettled));

/** What became of an edit that began at `base` now that there is a newer version, field by field. */
export function mergeOf(base: Order, mine: OrderDraft, newer: Order): Merge {
  const linesSettled = !hasEditableLines(newer.status);
  return {
    conflicts: fieldsOf(sidesOf(base, mine, newer)).filter((field) => clashes(field, linesSettled)),
    linesSettled,
    closed: isClosed(newer.status),
  };
}

/** The edit on top of the newer version: what I did not touch follows it, and of what both changed the chosen side. */
export function merged(base: Order, mine: OrderDraft, newer: Order, choices: Choices): OrderDraft {
  const sides = sidesOf(base, mine, newer);
  const linesSettled = !hasEditableLines(newer.status);
  const kept = new Set(
    fieldsOf(sides)
      .filter((field) =>
        clashes(field, linesSettled) ? choices[field.key] !== 'theirs' : field.touched.mine,
      )
      .filter(({ kind }) => kind !== 'line' || !linesSettled)
      .map(({ key }) => key),
  );
  const [my, their] = [byKey(mine.lines), byKey(sides.theirs.lines)];
  // In the newer version's order; what only I have comes after it.
  const lines = [...new Set([...their.keys(), ...my.keys()])].flatMap((key) => {
    const [own, other] = [my.get(key), their.get(key)];
    if (!kept.has(key)) return other ?? [];
    return own ? { ...own, key: other?.key ?? own.key } : [];
  });
  return {
    client: kept.has('client') ? mine.client : sides.theirs.client,
    notes: kept.has('notes') ? mine.notes : sides.theirs.notes,
    lines,
  };
}
