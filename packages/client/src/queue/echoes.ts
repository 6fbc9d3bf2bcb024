import type { Cancel, Timers } from '../timers.ts';
import type { QueuedCommand } from './entry.ts';

/** What has been done shows until its event has come, and if none comes, for this long. */
const ECHO_MS = 3000;
/** How many commands that are over are remembered: the news of one may come again, from a tab that was asleep. */
const OVER_REMEMBERED = 200;

/** Commands between their answer and their event, whichever comes first. */
export class Echoes {
  readonly #timers: Timers;
  readonly #faded: () => void;
  /** Done, and its event has not come. */
  readonly #waiting = new Map<string, { readonly command: QueuedCommand; readonly stop: Cancel }>();
  /** Its event has come, its answer has not. */
  readonly #early = new Set<string>();
  /** The last that are done, oldest first. */
  readonly #over = new Set<string>();

  /** @param faded is called when an event has not come in time */
  constructor(timers: Timers, faded: () => void) {
    this.#timers = timers;
    this.#faded = faded;
  }

  get waiting(): QueuedCommand[] {
    return [...this.#waiting.values()].map(({ command }) => command);
  }

  isEarly(commandId: string): boolean {
    return this.#early.has(commandId);
  }

  /** Its answer has come. False where that is known already. */
  done(command: QueuedCommand): boolean {
    const { commandId } = command;
    if (this.#over.has(commandId)) return false;
    this.#over.add(commandId);
    const [oldest] = this.#over;
    if (this.#over.size > OVER_REMEMBERED && oldest !== undefined) this.#over.delete(oldest);
    if (this.#early.delete(commandId)) return true;
    const stop = this.#timers.setTimeout(() => {
      this.#waiting.delete(commandId);
      this.#faded();
    }, ECHO_MS);
    this.#waiting.set(commandId, { command, stop });
    return true;
  }

  /** Its event has come, before its answer. */
  early(commandId: string): void {
    this.#early.add(commandId);
  }

  /** An event has come. False where none of those that are done waits for it. */
  heard(commandId: string): boolean {
    this.#waiting.get(commandId)?.stop();
    return this.#waiting.delete(commandId);
  }

  /** It was refused, so there is no event of it. */
  refused(commandId: string): void {
    this.#early.delete(commandId);
  }

  clear(): void {
    for (const { stop } of this.#waiting.values()) stop();
    this.#waiting.clear();
  }
}
