import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import type { OfflineFacts, OfflineField } from './offline.ts';
import type { Role } from './primitives.ts';
import type { Actor } from './roles.ts';

/** Rooms of one connection, each with topics, commands and signals of its own. */
export const NAMESPACES = ['/desk', '/notifications'] as const;
export type Namespace = (typeof NAMESPACES)[number];

/** Where a command belongs: the desk, unless its definition says otherwise. */
export const namespaceOf = ({ namespace = '/desk' }: { readonly namespace?: Namespace }): Namespace =>
  namespace;
export type HttpMethod = 'GET' | 'POST' | 'PATCH' | 'PUT';

export interface EventDefinition<T extends string = string, D extends z.ZodType = z.ZodType> {
  readonly type: T;
  readonly data: D;
  readonly summary: string;
  /** The users who may not follow its topic any more, from this event on. */
  revokes?(data: z.output<D>): readonly string[];
  /** Others may have lost that right, who cannot be named: whoever follows the topic is asked again by its policy. */
  readonly rechecks?: true;
}

export function defineEvent<const T extends string, D extends z.ZodType>(
  type: T,
  summary: string,
  data: D,
  more: Pick<EventDefinition<T, D>, 'revokes' | 'rechecks'> = {},
): EventDefinition<T, D> {
  return { type, summary, data, ...more };
}

export interface CommandDefinition<
  N extends string = string,
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
> {
  readonly name: N;
  /** Where sockets send it; `/desk` where it is left out. */
  readonly namespace?: Namespace;
  readonly summary: string;
  readonly input: I;
  readonly output: O;
  readonly roles: readonly Role[];
  /** What it may answer beside `invalid`, `unauthenticated`, `forbidden` and the transient codes. */
  readonly errors: readonly ErrorCode[];
  readonly http: { readonly method: HttpMethod; readonly path: string; readonly status: 200 | 201 };
  /** What it has to do with other commands, from `OFFLINE`. */
  readonly offline?: OfflineFacts;
}

type FieldOf<I extends z.ZodType> = Extract<keyof z.input<I>, string>;
/** A command that names what others make, or a version, says so; and only by fields that it has. */
type WithOffline<I extends z.ZodType> = [Extract<FieldOf<I>, OfflineField>] extends [never]
  ? { readonly offline?: OfflineFacts<FieldOf<I>> }
  : { readonly offline: OfflineFacts<FieldOf<I>> };

export function defineCommand<const N extends string, I extends z.ZodType, O extends z.ZodType>(
  definition: CommandDefinition<N, I, O> & WithOffline<I>,
): CommandDefinition<N, I, O> {
  return definition;
}

export interface QueryDefinition<
  N extends string = string,
  P extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  readonly name: N;
  readonly summary: string;
  /** Path and query-string parameters; they arrive as strings and are coerced here. */
  readonly params: P;
  readonly result: R;
  readonly roles: readonly Role[];
  readonly path: string;
}

export function defineQuery<const N extends string, P extends z.ZodType, R extends z.ZodType>(
  definition: QueryDefinition<N, P, R>,
): QueryDefinition<N, P, R> {
  return definition;
}

/**
 * Who may follow a topic: one of the roles and, where `self` names a parameter, only the user of that id. Where that does
 * not say it all, `policy` says in words who of them, and the topic's feature has a policy that is asked each time.
 */
export interface TopicAccess {
  readonly roles: readonly Role[];
  readonly self?: string;
  readonly policy?: string;
}

export type TopicParams = Readonly<Record<string, string>>;

/** What a fold needs of an envelope: one member a type, so that a switch on `type` knows its `data`. */
export type FoldEvent<E extends EventDefinition = EventDefinition> =
  E extends EventDefinition<infer T, infer D> ? { readonly type: T; readonly data: z.infer<D> } : never;

/** The definitions of a group of events, as one union. */
export type EventOf<G extends Record<string, EventDefinition>> = G[keyof G];

/**
 * A topic: its name pattern, who may follow it and how events change it. Free of schemas and of words (`topicSchemas` has
 * what its snapshot holds and the events it carries): whoever follows topics needs neither.
 * `fold` takes a batch and copies the state once, so that a burst of events costs one copy.
 * `view(fold(empty, all events))` equals the snapshot read from the tables [L3].
 */
export interface TopicDefinition<S = unknown, View = unknown, E extends EventDefinition = EventDefinition> {
  readonly pattern: string;
  readonly namespace: Namespace;
  readonly access: TopicAccess;
  empty(params: TopicParams): S;
  fold(state: S, events: readonly FoldEvent<E>[]): S;
  view(state: S): View;
  /** The state a client starts from. `view(load(snapshot))` is the snapshot again. */
  load(snapshot: View): S;
}

export function defineTopic<S, View, E extends EventDefinition>(
  definition: TopicDefinition<S, View, E>,
): TopicDefinition<S, View, E> {
  return definition;
}

/** As far as the contract alone can say: where there is a policy, it decides. */
export function mayFollow(access: TopicAccess, actor: Actor, params: TopicParams): boolean {
  if (!access.roles.includes(actor.role)) return false;
  return access.self === undefined || params[access.self] === actor.userId;
}
