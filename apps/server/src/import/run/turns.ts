/** Files that are read or imported at the same time: each may take all the memory that an importing process has. */
const AT_WORK = 3;
const OF_ONE_USER = 2;
/** Processes that are kept for what comes next, as somebody changes the meaning of a column. */
const RESTING = 2;

export interface Turn {
  /** True once it is one's turn; false if it was given back before. */
  readonly begun: Promise<boolean>;
  /** Gives it back, or no longer waits for it. */
  end(): void;
}

interface Waiting {
  readonly userId: string;
  begin(begun: boolean): void;
}

/** Who of those that want to import is at work: in the order they came, as long as one user leaves room for others. */
export class Turns {
  readonly #atWork: string[] = [];
  #waiting: Waiting[] = [];
  readonly #resting: { end(): unknown }[] = [];

  take(userId: string): Turn {
    let state: 'waiting' | 'at work' | 'over' = 'waiting';
    let settle: (begun: boolean) => void = () => {};
    const begun = new Promise<boolean>((resolve) => {
      settle = resolve;
    });
    const waiting: Waiting = {
      userId,
      begin: (isIt) => {
        state = isIt ? 'at work' : 'over';
        settle(isIt);
      },
    };
    this.#waiting.push(waiting);
    this.#next();
    return {
      begun,
      end: () => {
        if (state === 'waiting') {
          this.#waiting = this.#waiting.filter((other) => other !== waiting);
          waiting.begin(false);
        } else if (state === 'at work') {
          state = 'over';
          this.#atWork.splice(this.#atWork.indexOf(userId), 1);
          this.#next();
        }
      },
    };
  }

  /** A process has nothing to do: of several the one that rests longest is ended. */
  rests(process: { end(): unknown }): void {
    this.stirs(process);
    this.#resting.push(process);
    if (this.#resting.length > RESTING) this.#resting.shift()?.end();
  }

  /** It has something to do again, or has ended. */
  stirs(process: { end(): unknown }): void {
    const at = this.#resting.indexOf(process);
    if (at !== -1) this.#resting.splice(at, 1);
  }

  #next(): void {
    while (this.#atWork.length < AT_WORK) {
      const next = this.#waiting.find(
        ({ userId }) => this.#atWork.filter((other) => other === userId).length < OF_ONE_USER,
      );
      if (!next) return;
      this.#waiting = this.#waiting.filter((other) => other !== next);
      this.#atWork.push(next.userId);
      next.begin(true);
    }
  }
}
