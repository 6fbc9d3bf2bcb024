import { type FoldEvent, mayFollow, type TopicParams } from './base/define.ts';
import type { Actor } from './base/roles.ts';
import { clientsTopic } from './nouns/clients-topic.ts';
import { companyTopic } from './nouns/company-topic.ts';
import { countTopic } from './nouns/counts-topic.ts';
import { inventoryTopic } from './nouns/inventory-topic.ts';
import { userTopic } from './nouns/notifications-topic.ts';
import { ordersTopic } from './nouns/orders-topic.ts';
import { peopleTopic } from './nouns/people-topic.ts';
import { productsTopic } from './nouns/products-topic.ts';
import { viewsTopic } from './nouns/views-topic.ts';
import { zonesTopic } from './nouns/zones-topic.ts';

export const topics = {
  orders: ordersTopic,
  clients: clientsTopic,
  products: productsTopic,
  zones: zonesTopic,
  inventory: inventoryTopic,
  count: countTopic,
  user: userTopic,
  company: companyTopic,
  views: viewsTopic,
  people: peopleTopic,
};

export type TopicKey = keyof typeof topics;
export const topicKeys = Object.keys(topics) as TopicKey[];

/** The concrete names of topics, as `inventory:A1`; a plain string is not one until `parseTopic` has seen it. */
export type TopicName = string & { readonly __topic: never };

export interface ParsedTopic<K extends TopicKey = TopicKey> {
  readonly key: K;
  readonly name: TopicName;
  readonly params: TopicParams;
}

const PARAM = '([A-Za-z0-9][A-Za-z0-9_-]{0,63})';

const matchers = topicKeys.map((key) => {
  const { pattern } = topics[key];
  const names = [...pattern.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  return { key, names, regex: new RegExp(`^${pattern.replace(/\{\w+\}/g, PARAM)}$`) };
});

const isTopicName = (name: string): name is TopicName => matchers.some(({ regex }) => regex.test(name));

/** The topic a name means, or null: `inventory:A1` is `inventory` with `zone` A1. */
export function parseTopic(name: string): ParsedTopic | null {
  if (!isTopicName(name)) return null;
  for (const { key, names, regex } of matchers) {
    const match = regex.exec(name);
    if (!match) continue;
    const params = Object.fromEntries(names.map((param, i) => [param, match[i + 1] ?? '']));
    return { key, name, params };
  }
  return null;
}

/** The name of a topic that is known to exist, as `topicName('inventory', { zone: 'A1' })`. Throws on bad parameters. */
export function topicName(key: TopicKey, params: TopicParams = {}): TopicName {
  const name = topics[key].pattern.replace(/\{(\w+)\}/g, (_, param: string) => params[param] ?? '');
  if (!isTopicName(name)) throw new TypeError(`No topic ${key} with ${JSON.stringify(params)}`);
  return name;
}

export const mayFollowTopic = (actor: Actor, topic: ParsedTopic): boolean =>
  mayFollow(topics[topic.key].access, actor, topic.params);

export type TopicState<K extends TopicKey> = ReturnType<(typeof topics)[K]['empty']>;
export type TopicView<K extends TopicKey> = ReturnType<(typeof topics)[K]['view']>;

/** A fold whose state nobody looks into: what the log, the client and the tests work with. */
export interface AnyFold {
  empty(params: TopicParams): unknown;
  fold(state: unknown, events: readonly FoldEvent[]): unknown;
  view(state: unknown): unknown;
  load(snapshot: unknown): unknown;
}

/**
 * The fold of a topic with its types forgotten. The log guarantees what the types would say: a topic only ever
 * holds events that its definition lists and that have passed their schemas.
 */
export const foldOf = (key: TopicKey): AnyFold => topics[key] as unknown as AnyFold;
