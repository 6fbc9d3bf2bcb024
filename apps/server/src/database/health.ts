import { DatabaseAway } from './away.ts';

/** Asks the database whether it is there; see `Probe`. */
export interface Asker {
  ask(withinMs: number, fresh: boolean): Promise<void>;
  close(): void;
}

export interface HealthPorts {
  /** Told once when the database goes away, with what was seen of it… */
  away(reason: string): void;
  /** …and once when it is back. */
  back(awayMs: number): void;
}

/** How often the database is asked, while it is there and while it is away. */
const EVERY_MS = 1000;
const AWAY_EVERY_MS = 250;
/** Every so manieth question is asked over a new connection: a database that was told to end serves those that are open. */
const FRESH_EVERY = 5;
/** Silence for longer is "away": with the wait before it, four seconds after it froze at the latest. */
const SILENT_MS = 3000;
/** Faults that a lost database has caused may come to light a little after it is back. */
const AFTERMATH_MS = 5000;

type State = 'here' | 'doubtful' | 'away';

/**
 * Whether the database is there. One place knows, so that everybody else fails fast instead of waiting for it, and the
 * log has one line when it goes and one when it is back. It runs on real time, as the database does.
 */
export class DatabaseHealth {
  readonly #asker: Asker;
  readonly #ports: HealthPorts;
  readonly #onAway = new Set<() => void>();
  #state: State = 'here';
  #since = performance.now();
  #backAt = Number.NEGATIVE_INFINITY;
  #refusedAt = Number.NEGATIVE_INFINITY;
  #troubles = 0;
  #questions = 0;
  #asking: Promise<void> | null = null;
  #askAgain = false;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(asker: Asker, ports: HealthPorts) {
    this.#asker = asker;
    this.#ports = ports;
  }

  start(): void {
    this.#schedule(EVERY_MS);
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#asker.close();
  }

  get isAway(): boolean {
    return this.#state === 'away';
  }

  /** Whether a fault of just now may be the database's: it is away, or a connection was lost and nobody knows yet why. */
  get isDoubtful(): boolean {
    return this.#state !== 'here';
  }

  /** Called each time the database goes away: what waits for it has to be given up. */
  onAway(listener: () => void): void {
    this.#onAway.add(listener);
  }

  /** A connection was lost or refused: finds out at once whether that is all. */
  doubt(): void {
    this.#troubles += 1;
    if (this.#closed || this.#state === 'away') return;
    if (this.#state === 'here') this.#since = performance.now();
    this.#state = 'doubtful';
    if (this.#asking) this.#askAgain = true;
    else void this.#ask(true);
  }

  /** Nobody takes new connections. */
  refused(): void {
    this.#refusedAt = performance.now();
    this.doubt();
  }

  /** Whether it answers within `ms`; for readiness. */
  async answers(ms: number): Promise<boolean> {
    if (this.#state === 'away') return false;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    let isAnswered = false;
    const asked = (this.#asking ?? this.#ask(false)).then(() => {
      isAnswered = this.#state === 'here';
    });
    await Promise.race([asked, late]);
    clearTimeout(timer);
    return isAnswered;
  }

  /**
   * Whether a fault that says "unavailable" is told already by the line that says that the database is away, or is of
   * connections that were refused while it started anew, too soon for anybody to notice more of it.
   */
  async explains(): Promise<boolean> {
    if (this.#state === 'doubtful') await this.#asking;
    const since = performance.now() - Math.max(this.#backAt, this.#refusedAt);
    return this.#state === 'away' || since < AFTERMATH_MS;
  }

  /**
   * For work of others that takes a lost connection for "there is none", or for a fault: where something was lost
   * meanwhile, only an answer that is trusted anyway counts.
   * @throws DatabaseAway
   */
  async sure<T>(work: () => Promise<T>, isTrusted: (answer: T) => boolean): Promise<T> {
    const before = this.#troubles;
    try {
      const answer = await work();
      if (this.#troubles === before || isTrusted(answer)) return answer;
    } catch (error) {
      // Others throw faults of their own for it, without the cause.
      if (this.#troubles === before && this.#state === 'here') throw error;
    }
    throw new DatabaseAway('The database was lost meanwhile.');
  }

  #schedule(ms: number): void {
    if (this.#closed) return;
    this.#questions += 1;
    const fresh = this.#state === 'away' || this.#questions % FRESH_EVERY === 0;
    this.#timer = setTimeout(() => void (this.#asking ?? this.#ask(fresh)), ms);
    this.#timer.unref();
  }

  /** One question at a time; never rejects. */
  #ask(fresh: boolean): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#asking = this.#verdict(fresh).finally(() => {
      this.#asking = null;
      this.#schedule(this.#state === 'away' ? AWAY_EVERY_MS : EVERY_MS);
    });
    return this.#asking;
  }

  async #verdict(fresh: boolean): Promise<void> {
    const began = performance.now();
    try {
      let isFresh = fresh;
      do {
        this.#askAgain = false;
        await this.#asker.ask(SILENT_MS, isFresh);
        // What was lost while it was asked is a new question.
        isFresh = true;
      } while (this.#askAgain && !this.#closed);
      this.#isHere();
    } catch (error) {
      this.#isAway(error instanceof Error ? error.message : String(error), began);
    }
  }

  #isHere(): void {
    const wasAway = this.#state === 'away';
    this.#state = 'here';
    if (!wasAway || this.#closed) return;
    this.#backAt = performance.now();
    this.#ports.back(Math.round(this.#backAt - this.#since));
  }

  #isAway(reason: string, began: number): void {
    if (this.#state === 'away' || this.#closed) return;
    if (this.#state === 'here') this.#since = began;
    this.#state = 'away';
    this.#ports.away(reason);
    for (const listener of this.#onAway) listener();
  }
}
