import {
  type Actor,
  mayFollowTopic,
  type ParsedTopic,
  type TopicKey,
  type TopicParams,
} from '@almenara/events';
import type { Tx } from '../database/client.ts';
import { Refused } from '../errors.ts';

/** Whether somebody whose role may follow such topics may follow this one. Asked at each door, each time. */
export type TopicPolicy = (db: Tx, actor: Actor, params: TopicParams) => Promise<boolean>;
export type TopicPolicies = { readonly [K in TopicKey]?: TopicPolicy };

/** Who may follow which topic: what the contract says of it, and where that is not all, its feature's policy. */
export class TopicAccess {
  private readonly db: Tx;
  private readonly policies: TopicPolicies;

  constructor(db: Tx, policies: TopicPolicies) {
    this.db = db;
    this.policies = policies;
  }

  /** Whether there is more to be asked than the contract says. */
  isPoliced({ key }: ParsedTopic): boolean {
    return this.policies[key] !== undefined;
  }

  /** What needs no database. Throws `forbidden`. */
  checkRole(actor: Actor, topic: ParsedTopic): void {
    if (!mayFollowTopic(actor, topic)) throw forbidden(topic);
  }

  /** Reads for somebody who may follow the topic before it, and still may after it. Throws `forbidden`. */
  async guard<T>(actor: Actor, topic: ParsedTopic, read: () => Promise<T>): Promise<T> {
    await this.check(actor, topic);
    const found = await read();
    if (this.isPoliced(topic)) await this.check(actor, topic);
    return found;
  }

  /** Throws `forbidden`. */
  async check(actor: Actor, topic: ParsedTopic): Promise<void> {
    this.checkRole(actor, topic);
    const may = this.policies[topic.key];
    if (may && !(await may(this.db, actor, topic.params))) throw forbidden(topic);
  }
}

const forbidden = ({ name }: ParsedTopic): Refused => new Refused('forbidden', `You may not follow ${name}.`);
