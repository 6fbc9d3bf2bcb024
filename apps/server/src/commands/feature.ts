import {
  type CommandName,
  type QueryName,
  type TopicKey,
  type TopicParams,
  topicKeys,
  topics,
} from '@almenara/events';
import type { Tx } from '../database/client.ts';
import type { TopicPolicies } from '../log/access.ts';
import type { Follower } from './followers/follower.ts';
import type { CommandHandlers, Reaction } from './handler.ts';
import type { QueryHandlers } from './query.ts';

/** Reads a topic's state from the tables, as its fold's `view` takes it; null where there is no such topic. */
export type TopicLoader = (tx: Tx, params: TopicParams) => Promise<unknown>;

/** What a feature brings to the house: all that stands in its folder. */
export interface Feature {
  readonly name: string;
  readonly commands?: Partial<CommandHandlers>;
  readonly queries?: Partial<QueryHandlers>;
  /** How the state of each of its topics is read. */
  readonly topics?: { readonly [K in TopicKey]?: TopicLoader };
  /** Who may follow one of its topics, where its role does not say it all. */
  readonly policies?: TopicPolicies;
  readonly reactions?: readonly Reaction[];
  readonly followers?: readonly Follower[];
}

export const defineFeature = <const F extends Feature>(feature: F): F => feature;

/** Of each kind what the contract names. */
interface Names {
  readonly commands: CommandName;
  readonly queries: QueryName;
  readonly topics: TopicKey;
}
type Kind = keyof Names;

type Brought<F extends Feature, K extends Kind> = F extends Record<K, infer All> ? keyof All : never;
type Missing<F extends Feature> = { [K in Kind]: Exclude<Names[K], Brought<F, K>> }[Kind];

/** What all features bring together. */
export interface House {
  readonly commands: CommandHandlers;
  readonly queries: QueryHandlers;
  readonly topics: Readonly<Record<TopicKey, TopicLoader>>;
  readonly policies: TopicPolicies;
  readonly reactions: readonly Reaction[];
  readonly followers: readonly Follower[];
}

/**
 * Puts features together. That each command, query and topic of the contract is brought by one is checked by the
 * compiler (`missing` names those that are not); that it is brought by one alone, when the program starts.
 */
export function assemble<const F extends readonly Feature[]>(
  features: F & ([Missing<F[number]>] extends [never] ? unknown : { readonly missing: Missing<F[number]> }),
): House {
  const all: readonly Feature[] = features;
  const brought = {
    commands: once(all, 'commands'),
    queries: once(all, 'queries'),
    topics: once(all, 'topics'),
    policies: policiesOf(all),
    reactions: all.flatMap(({ reactions = [] }) => reactions),
    followers: followersOf(all),
  };
  // They are complete, and of each name what its type says: the type of the parameter has seen to it, and `once` forgets it.
  return brought as unknown as House;
}

/** Each topic whose access names a policy must have it: without, nobody could say who may follow it [A1]. */
function policiesOf(features: readonly Feature[]): TopicPolicies {
  const policies: TopicPolicies = once(features, 'policies');
  for (const key of topicKeys)
    if (topics[key].access.policy !== undefined && !policies[key])
      throw new Error(`No feature brings the policy of ${key}.`);
  return policies;
}

function once(features: readonly Feature[], kind: Kind | 'policies'): Record<string, unknown> {
  const bringers = new Map<string, string>();
  const found: Record<string, unknown> = {};
  for (const feature of features)
    for (const [name, brought] of Object.entries(feature[kind] ?? {})) {
      const other = bringers.get(name);
      if (other !== undefined) throw new Error(`${feature.name} and ${other} both bring ${name}.`);
      bringers.set(name, feature.name);
      found[name] = brought;
    }
  return found;
}

/** A follower's position is kept under its name. */
function followersOf(features: readonly Feature[]): Follower[] {
  const followers = features.flatMap(({ followers = [] }) => followers);
  const names = new Set<string>();
  for (const { name } of followers) {
    if (names.has(name)) throw new Error(`Two followers have the name ${name}.`);
    names.add(name);
  }
  return followers;
}
