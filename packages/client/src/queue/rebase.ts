import type { QueuedCommand } from './entry.ts';

/** What carries a version, by the field that names it in a command's input and the one that holds it in the output. */
const VERSIONED = { orderId: 'order', clientId: 'client', productId: 'product', zoneId: 'zone' } as const;
type IdField = keyof typeof VERSIONED;
const ID_FIELDS = Object.keys(VERSIONED) as IdField[];

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/**
 * The queue behind a command that is done. Two edits of one order made offline both expect the version that was seen
 * then; the first makes it one higher, so the second expects that. Only where nobody else came in between: `output`
 * is then exactly one version on from what the later command expects. Else the server shall see the conflict.
 *
 * @returns the commands that have changed
 */
export function rebased(
  done: QueuedCommand,
  output: unknown,
  later: readonly QueuedCommand[],
): QueuedCommand[] {
  if (!isFields(output)) return [];
  return ID_FIELDS.flatMap((field) => {
    const entity = output[VERSIONED[field]];
    if (!isFields(entity) || typeof entity.version !== 'number') return [];
    const { id, version } = entity;
    return later
      .filter((command) => !command.sent && command.place > done.place && command.input[field] === id)
      .filter((command) => isAbout(command, field) && command.input.expectedVersion === version - 1)
      .map((command) => ({ ...command, input: { ...command.input, expectedVersion: version } }));
  });
}

/** `edit_order` may name a client too; its version is the order's. */
const isAbout = ({ input }: QueuedCommand, field: IdField): boolean =>
  ID_FIELDS.find((candidate) => typeof input[candidate] === 'string') === field;

/** The commands about the order that `refused` was to place: without it they can only fail. */
export function dependents(refused: QueuedCommand, all: readonly QueuedCommand[]): QueuedCommand[] {
  const { orderId } = refused.input;
  if (refused.name !== 'place_order' || typeof orderId !== 'string') return [];
  return all.filter(
    (command) =>
      command.commandId !== refused.commandId &&
      command.state === 'waiting' &&
      !command.sent &&
      command.input.orderId === orderId,
  );
}
