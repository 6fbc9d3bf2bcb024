import type { ErrorCode } from './errors.ts';

/**
 * What must be known of a command by who keeps it while there is no connection: which commands are about the same, which
 * cannot be done before another one, and which version they expect of what an earlier one changes. `F`: fields of its
 * input. It is in a module without schemas, so that a page takes none along with its queue.
 */
export interface OfflineFacts<F extends string = string> {
  /**
   * Where it names, by id, what a command before it may have made or changed. The first that is given is what it is
   * about, and `expectedVersion` is of that; without names, of the one there is.
   */
  readonly names: readonly F[];
  /** In which of them whoever gives it chooses the id of what it makes. */
  readonly makes?: F;
  /** Refused for this reason, what it was to make is there already. */
  readonly madeIf?: ErrorCode;
  /** By field, other versions that it expects: the field that names whose. */
  readonly versions?: { readonly [V in F]?: F };
}

const order = { names: ['orderId'] } as const;
const client = { names: ['clientId'] } as const;
const orderOfClient = { names: ['orderId', 'clientId'] } as const;

/** By command; its definition says the same as `offline`. */
export const OFFLINE = {
  place_order: { ...orderOfClient, makes: 'orderId' },
  edit_order: orderOfClient,
  change_order_status: order,
  assign_order: order,
  reserve_order: order,
  report_shortage: order,
  record_return: orderOfClient,
  create_client: { ...client, makes: 'clientId', madeIf: 'conflict' },
  update_client: client,
  archive_client: client,
  merge_clients: { names: ['clientId', 'duplicateId'], versions: { duplicateVersion: 'duplicateId' } },
  update_product: { names: ['productId'] },
  update_zone: { names: ['zoneId'] },
  update_company: { names: [] },
} as const;

const facts: { readonly [N in string]?: OfflineFacts } = OFFLINE;

/** By the name of a command; undefined for one that has to do with no other. */
export const offlineOf = (name: string): OfflineFacts | undefined => facts[name];

type Makers = Extract<(typeof OFFLINE)[keyof typeof OFFLINE], { readonly makes: string }>;
/** Whoever takes one of these has to do with other commands: an id that some command makes, and a version. */
export type OfflineField = Makers['makes'] | 'expectedVersion';
