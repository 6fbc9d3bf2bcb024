import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Child } from './child.ts';
import type { CrowdQuestions, Sight } from './crowd-questions.ts';
import { Histogram } from './histogram.ts';
import type { Door } from './light-client.ts';

/** Readers of one process: more of them would wait for each other rather than for the server. */
const READERS = 2500;

/** Readers in processes of their own, so that what they cost is not the server's time. */
export class Crowd implements AsyncDisposable {
  readonly #processes: readonly Child<CrowdQuestions>[];

  private constructor(processes: readonly Child<CrowdQuestions>[]) {
    this.#processes = processes;
  }

  static of(readers: number): Crowd {
    const program = fileURLToPath(new URL('./crowd-process.ts', import.meta.url));
    return new Crowd(
      Array.from(
        { length: Math.ceil(readers / READERS) },
        () => new Child('A process of readers', fork(program, { execArgv: ['--import', 'tsx'] })),
      ),
    );
  }

  async follow(doors: readonly Door[], atOnce: number): Promise<Sight> {
    const shares = this.#shares(doors);
    return together(
      await Promise.all(
        this.#processes.map((one, i) => one.ask('follow', { doors: shares[i] ?? [], atOnce })),
      ),
    );
  }

  async enter(doors: readonly Door[], atOnce: number): Promise<Histogram> {
    const shares = this.#shares(doors);
    const times = new Histogram();
    for (const [i, one] of this.#processes.entries())
      times.merge(await one.ask('enter', { doors: shares[i] ?? [], atOnce }));
    return times;
  }

  async begin(ask: CrowdQuestions['begin']['ask']): Promise<void> {
    await Promise.all(this.#processes.map((one) => one.ask('begin', ask)));
  }

  async reach(seq: number, withinMs: number): Promise<Sight> {
    return together(await Promise.all(this.#processes.map((one) => one.ask('reach', { seq, withinMs }))));
  }

  async stay(): Promise<void> {
    await Promise.all(this.#processes.map((one) => one.ask('stay', null)));
  }

  async comeBack(): Promise<number> {
    return Math.max(...(await Promise.all(this.#processes.map((one) => one.ask('comeBack', null)))));
  }

  async leave(): Promise<void> {
    await Promise.all(this.#processes.map((one) => one.ask('leave', null)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#processes.map((one) => one.stop()));
  }

  #shares(doors: readonly Door[]): Door[][] {
    return this.#processes.map((_, i) => doors.filter((_, n) => n % this.#processes.length === i));
  }
}

function together(sights: readonly Sight[]): Sight {
  const late = new Histogram();
  for (const sight of sights) late.merge(sight.late);
  const sum = (
    field:
      | 'deliveries'
      | 'packets'
      | 'twice'
      | 'holes'
      | 'lost'
      | 'caughtUp'
      | 'reconnects'
      | 'resets'
      | 'behind',
  ) => sights.reduce((all, sight) => all + sight[field], 0);
  return {
    deliveries: sum('deliveries'),
    packets: sum('packets'),
    twice: sum('twice'),
    holes: sum('holes'),
    lost: sum('lost'),
    caughtUp: sum('caughtUp'),
    reconnects: sum('reconnects'),
    resets: sum('resets'),
    behind: sum('behind'),
    lastAt: Math.max(...sights.map((sight) => sight.lastAt)),
    late: late.counted(),
    seqs: [Math.min(...sights.map(({ seqs }) => seqs[0])), Math.max(...sights.map(({ seqs }) => seqs[1]))],
  };
}
