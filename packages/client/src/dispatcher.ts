import type { Envelope, EnvelopeOf, EventType, Signal } from '@almenara/events';
import { guarded, type Report } from './observable.ts';

export interface ResetInfo {
  readonly topic: string;
  readonly reason: string;
  /** Where the new snapshot stands; the next event is `seq + 1`. */
  readonly seq: number;
}

export type Delivery =
  | { readonly kind: 'event'; readonly envelope: Envelope }
  | { readonly kind: 'reset'; readonly info: ResetInfo };

/** A set of handlers; one that throws is reported and stops nobody else. */
class Handlers<T> {
  readonly #all = new Set<{ readonly handle: (value: T) => void }>();

  add(handle: (value: T) => void): () => void {
    const entry = { handle };
    this.#all.add(entry);
    return () => {
      this.#all.delete(entry);
    };
  }

  call(value: T, report: Report): void {
    for (const entry of [...this.#all]) if (this.#all.has(entry)) guarded(report, () => entry.handle(value));
  }
}

const isOfType = <T extends EventType>(envelope: Envelope, type: T): envelope is Envelope & EnvelopeOf<T> =>
  envelope.type === type;

/** Hands out what has been applied, one after the other: a handler that causes more deliveries sees them later. */
export class Dispatcher {
  readonly #report: Report;
  readonly #events = new Map<EventType, Handlers<Envelope>>();
  readonly #all = new Handlers<Envelope>();
  readonly #resets = new Handlers<ResetInfo>();
  readonly #signals = new Handlers<Signal>();
  #queue: Delivery[] = [];
  #busy = false;

  constructor(report: Report) {
    this.#report = report;
  }

  on<T extends EventType>(type: T, handler: (envelope: EnvelopeOf<T>) => void): () => void {
    const handlers = this.#events.get(type) ?? new Handlers<Envelope>();
    this.#events.set(type, handlers);
    return handlers.add((envelope) => {
      if (isOfType(envelope, type)) handler(envelope);
    });
  }

  onAny(handler: (envelope: Envelope) => void): () => void {
    return this.#all.add(handler);
  }

  onReset(handler: (info: ResetInfo) => void): () => void {
    return this.#resets.add(handler);
  }

  onSignal(handler: (signal: Signal) => void): () => void {
    return this.#signals.add(handler);
  }

  signal(signal: Signal): void {
    this.#signals.call(signal, this.#report);
  }

  /** Queued apart from `flush`, so that what a listener causes in between cannot overtake it. */
  add(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) this.#queue.push(delivery);
  }

  flush(): void {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      for (const delivery of batch) this.#hand(delivery);
    }
    this.#busy = false;
  }

  #hand(delivery: Delivery): void {
    if (delivery.kind === 'reset') return this.#resets.call(delivery.info, this.#report);
    this.#events.get(delivery.envelope.type)?.call(delivery.envelope, this.#report);
    this.#all.call(delivery.envelope, this.#report);
  }
}
