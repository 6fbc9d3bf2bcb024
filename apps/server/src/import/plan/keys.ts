import { fold } from '@almenara/events';
import { v5 as uuidv5 } from 'uuid';

const NAMESPACE = '3b1f6a54-77c9-5d0e-9a3c-1f6f0f2f7b52';

/**
 * Ids of imported things follow from what the source calls them: a later run finds its clients again, whatever they
 * are named by then, and two runs can never make the same thing twice.
 */
const idOf = (...path: readonly (string | number)[]): string => uuidv5(JSON.stringify(path), NAMESPACE);

export const clientIdOf = (source: string, customer: string | null): string =>
  customer === null ? WALK_IN_ID : idOf('client', source, customer);
/** `position` is that of the first line: lines of a document that come in a later run make an order of their own. */
export const orderIdOf = (source: string, document: string, position: number): string =>
  idOf('order', source, document, position);
export const returnIdOf = (source: string, document: string, position: number): string =>
  idOf('return', source, document, position);
export const commandIdOf = (source: string, name: string, digest: string): string =>
  idOf('command', source, name, digest);

/** One for all sources: it is nobody in particular. */
export const WALK_IN_ID = idOf('client', 'walk-in');

/** Codes that are one by `fold` are one product: its `sku_key`. */
export const productKey = (code: string): string => fold(code);
