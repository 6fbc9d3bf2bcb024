/** Where many ask, the next round begins this long after the one before it, with all who have come meanwhile (ms). */
const GATHERED_MS = 5;

export interface JoinedLimits {
  /** Rounds under way at the same time. */
  readonly atOnce: number;
  /** Questions in one round. */
  readonly questions: number;
}

interface Asked<A> {
  resolve(answer: A | undefined): void;
  reject(error: unknown): void;
}

/**
 * Asks many questions as one: those of one turn of the event loop, and those that come while others are under way, go
 * together. A round that has begun takes no more, so that every answer is at least as new as its question. Whoever asks
 * alone is asked for at once; a crowd is waited for, as each round costs as much as many of its questions.
 */
export class Joined<A> {
  private readonly ask: (questions: string[]) => Promise<Map<string, A>>;
  private readonly limits: JoinedLimits;
  private readonly waiting = new Map<string, Asked<A>[]>();
  private running = 0;
  private scheduled = false;
  /** When the next round may begin. */
  private notBefore = 0;

  /** @param ask answers the questions that have an answer */
  constructor(limits: JoinedLimits, ask: (questions: string[]) => Promise<Map<string, A>>) {
    this.limits = limits;
    this.ask = ask;
  }

  /** Resolves to undefined where there is no answer; rejects with what its round failed with. */
  answer(question: string): Promise<A | undefined> {
    return new Promise((resolve, reject) => {
      const asked = this.waiting.get(question);
      if (asked) asked.push({ resolve, reject });
      else this.waiting.set(question, [{ resolve, reject }]);
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.scheduled || this.waiting.size === 0 || this.running >= this.limits.atOnce) return;
    this.scheduled = true;
    const begin = (): void => {
      this.scheduled = false;
      void this.round();
    };
    const wait = this.notBefore - performance.now();
    if (wait > 0) setTimeout(begin, wait);
    else setImmediate(begin);
  }

  private async round(): Promise<void> {
    const round = [...this.waiting].slice(0, this.limits.questions);
    for (const [question] of round) this.waiting.delete(question);
    const askers = round.reduce((sum, [, asked]) => sum + asked.length, 0);
    this.notBefore = askers > 1 && this.waiting.size === 0 ? performance.now() + GATHERED_MS : 0;
    this.running += 1;
    this.schedule();
    try {
      const answers = await this.ask(round.map(([question]) => question));
      for (const [question, asked] of round) for (const { resolve } of asked) resolve(answers.get(question));
    } catch (error) {
      for (const [, asked] of round) for (const { reject } of asked) reject(error);
    } finally {
      this.running -= 1;
      this.schedule();
    }
  }
}
