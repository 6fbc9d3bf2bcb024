import { now } from './clock.ts';
import { Histogram } from './histogram.ts';
import { commandId } from './packets.ts';

/** A connection may have so many commands under way; what is due beyond waits here, and its time runs. */
const PER_CONNECTION = 64;
const ORDERS_AT = Buffer.from('"orders":');

export interface Offered {
  readonly offered: number;
  readonly done: number;
  /** Answered that it was not done: too much was under way. */
  readonly refused: number;
  /** From the moment that a command was due to its answer, of those done. */
  readonly acks: Histogram;
  /** The last place in the topic that an answer named. */
  readonly head: number;
}

/** Sends a command, and is called back with its answer. */
export type Send = (which: number, commandId: string, answered: (answer: Buffer) => void) => void;

export interface OpenLoadOptions {
  readonly commandPrefix: string;
  /** On the machine's monotonic clock. */
  readonly start: number;
  readonly everyMs: number;
  readonly count: number;
}

/** Offers commands at a steady rate, whatever becomes of them: nobody at a desk waits for others before they click. */
export class OpenLoad {
  readonly #connections: { readonly send: Send; under: number }[];
  readonly #options: OpenLoadOptions;
  readonly #acks = new Histogram();
  readonly #waiting: number[] = [];
  #sent = 0;
  #done = 0;
  #refused = 0;
  #head = 0;
  #turn = 0;
  #finished: () => void = () => {};

  constructor(sends: readonly Send[], options: OpenLoadOptions) {
    this.#connections = sends.map((send) => ({ send, under: 0 }));
    this.#options = options;
  }

  /** @returns once all are answered, or after `withinMs` beyond the last one that was due */
  async run(withinMs: number): Promise<Offered> {
    const { start, everyMs, count } = this.#options;
    await new Promise<void>((resolve) => {
      this.#finished = resolve;
      const tick = (): void => {
        const due = Math.min(count, Math.floor((now() - start) / everyMs) + 1);
        while (this.#sent < due) this.#offer(this.#sent++);
        if (this.#sent < count) setTimeout(tick, 1);
        else setTimeout(resolve, withinMs).unref();
      };
      tick();
    });
    return {
      offered: count,
      done: this.#done,
      refused: this.#refused,
      acks: this.#acks,
      head: this.#head,
    };
  }

  #offer(number: number): void {
    for (let i = 0; i < this.#connections.length; i += 1) {
      const connection = this.#connections[this.#turn++ % this.#connections.length];
      if (connection && connection.under < PER_CONNECTION) return this.#send(connection, number);
    }
    this.#waiting.push(number);
  }

  #send(connection: { readonly send: Send; under: number }, number: number): void {
    const { commandPrefix, start, everyMs, count } = this.#options;
    connection.under += 1;
    connection.send(number, commandId(commandPrefix, number), (answer) => {
      connection.under -= 1;
      if (answer.toString('latin1', 0, 10) === '[{"ok":tru') {
        this.#done += 1;
        this.#acks.add(now() - (start + number * everyMs));
        const at = answer.lastIndexOf(ORDERS_AT) + ORDERS_AT.length;
        this.#head = Math.max(this.#head, Number.parseInt(answer.toString('latin1', at, at + 16), 10));
      } else this.#refused += 1;
      const next = this.#waiting.shift();
      if (next !== undefined) this.#send(connection, next);
      if (this.#done + this.#refused === count) this.#finished();
    });
  }
}
