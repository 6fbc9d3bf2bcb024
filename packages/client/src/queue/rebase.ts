import type { QueuedCommand } from './entry.ts';

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** What of a command's output carries a version. */
const OUTPUTS = ['order', 'client', 'merged', 'product', 'zone', 'company'] as const;
/** Which field of an input says of what its version is. An edit of an order may name a client, too: the first counts. */
const IDS = ['orderId', 'clientId', 'productId', 'zoneId'] as const;

interface Versioned {
  /** Null for the company: there is one. */
  readonly id: unknown;
  readonly version: number;
}

function versionsIn(output: unknown): Versioned[] {
  if (!isFields(output)) return [];
  return OUTPUTS.flatMap((key) => {
    const entity = output[key];
    if (!isFields(entity) || typeof entity.version !== 'number') return [];
    return [{ id: entity.id ?? null, version: entity.version }];
  });
}

/** The id of what a command is about. */
export const subjectOf = (input: QueuedCommand['input']): unknown =>
  IDS.map((field) => input[field]).find((id) => typeof id === 'string');

/** The fields in which a command says which version of what it expects. */
function expectations({ name, input }: QueuedCommand): { readonly field: string; readonly id: unknown }[] {
  const subject = subjectOf(input);
  return [
    ...(subject !== undefined ? [{ field: 'expectedVersion', id: subject }] : []),
    ...(name === 'update_company' ? [{ field: 'expectedVersion', id: null }] : []),
    ...(typeof input.duplicateId === 'string' ? [{ field: 'duplicateVersion', id: input.duplicateId }] : []),
  ];
}

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
  const versions = versionsIn(output);
  return later.flatMap((command) => {
    if (command.sent || command.place <= done.place) return [];
    const raised = expectations(command).flatMap(({ field, id }) =>
      versions
        .filter((entity) => entity.id === id && command.input[field] === entity.version - 1)
        .map(({ version }) => [field, version] as const),
    );
    if (raised.length === 0) return [];
    return [{ ...command, input: { ...command.input, ...Object.fromEntries(raised) } }];
  });
}
