import { offlineOf } from '@almenara/events';
import type { QueuedCommand } from './entry.ts';

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

interface Versioned {
  /** Null for what there is one of, as the company. */
  readonly id: unknown;
  readonly version: number;
}

/** Of all that an output holds. */
const versionsIn = (output: unknown): Versioned[] =>
  Object.values(isFields(output) ? output : {}).flatMap((entity) =>
    isFields(entity) && typeof entity.version === 'number'
      ? [{ id: entity.id ?? null, version: entity.version }]
      : [],
  );

/** The ids that a command names; the first is what it is about. */
export const namedBy = ({ name, input }: Pick<QueuedCommand, 'name' | 'input'>): string[] =>
  (offlineOf(name)?.names ?? []).map((field) => input[field]).filter((id) => typeof id === 'string');

/** The id of what a command is about. */
export const subjectOf = (command: QueuedCommand): string | undefined => namedBy(command)[0];

/** The fields in which a command says which version of what it expects. */
const expectations = (command: QueuedCommand): { readonly field: string; readonly id: unknown }[] => [
  { field: 'expectedVersion', id: subjectOf(command) ?? null },
  ...Object.entries(offlineOf(command.name)?.versions ?? {}).map(([field, of = '']) => ({
    field,
    id: command.input[of],
  })),
];

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
