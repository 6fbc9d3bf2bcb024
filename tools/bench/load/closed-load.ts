import { randomUUID } from 'node:crypto';
import { now } from './clock.ts';
import { Histogram } from './histogram.ts';

export interface Round {
  /** Commands a second, from the first one until all were done. */
  readonly rate: number;
  readonly done: number;
  readonly acks: Histogram;
}

/** One command, and a call once it is done. */
export type Place = (which: number, commandId: string, done: (ok: boolean) => void) => void;

/**
 * Keeps so many commands under way for so long, whatever becomes of them: each that is done is followed by another.
 * @param places one for each connection, taken in turns
 */
export function closedLoad(places: readonly Place[], inFlight: number, seconds: number): Promise<Round> {
  const acks = new Histogram();
  const began = now();
  const until = began + seconds * 1000;
  let sent = 0;
  let under = 0;
  return new Promise((resolve, reject) => {
    const next = (place: Place): void => {
      const at = now();
      sent += 1;
      under += 1;
      place(Math.floor(Math.random() * 1e9), randomUUID(), (ok) => {
        const doneAt = now();
        under -= 1;
        if (!ok) return reject(new Error(`Command ${sent} of the load was refused.`));
        acks.add(doneAt - at);
        if (doneAt < until) next(place);
        else if (under === 0) resolve({ rate: (sent / (doneAt - began)) * 1000, done: sent, acks });
      });
    };
    for (let i = 0; i < inFlight; i += 1) {
      const place = places[i % places.length];
      if (place) next(place);
    }
  });
}
