import type { ChildProcess } from 'node:child_process';

/** What a process can be asked: by kind, the question and its answer. */
export type Questions = Record<string, { ask: unknown; answer: unknown }>;

interface Reply {
  readonly id: number;
  readonly answer?: unknown;
  readonly error?: string;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

const GRACE_MS = 15_000;
const running = new Set<ChildProcess>();
let ending = false;

/** A process of this run, which is asked over its channel and does not outlive it. */
export class Child<Q extends Questions> implements AsyncDisposable {
  readonly process: ChildProcess;
  readonly exited: Promise<void>;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 0;

  constructor(name: string, child: ChildProcess) {
    this.process = child;
    running.add(child);
    child.on('message', (reply: Reply) => this.#settle(reply));
    if (ending) end(child);
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        running.delete(child);
        for (const { reject } of this.#waiting.values())
          reject(new Error(`${name} ended with ${code ?? signal}.`));
        this.#waiting.clear();
        resolve();
      });
    });
  }

  ask<K extends keyof Q & string>(kind: K, ask: Q[K]['ask']): Promise<Q[K]['answer']> {
    return new Promise<Q[K]['answer']>((resolve, reject) => {
      if (!this.process.connected) return reject(new Error('The process is gone.'));
      const id = this.#nextId++;
      this.#waiting.set(id, { resolve, reject });
      this.process.send({ id, kind, ask });
    });
  }

  /** What `work` comes to, or that the process has ended before: then nothing else tells. */
  whileUp<T>(work: Promise<T>): Promise<T> {
    const gone = this.exited.then(() =>
      Promise.reject(new Error('The process that was measured has ended.')),
    );
    return Promise.race([work, gone]);
  }

  /** As Ctrl-C does. */
  async stop(): Promise<void> {
    end(this.process);
    await this.exited;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #settle({ id, answer, error }: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(error));
  }
}

/** Of those that run and those that are still started. Whoever waits for one of them is told that it has ended. */
export function endAll(): void {
  ending = true;
  for (const child of running) end(child);
}

function end(child: ChildProcess): void {
  if (!running.has(child)) return;
  child.kill('SIGTERM');
  setTimeout(() => running.has(child) && child.kill('SIGKILL'), GRACE_MS).unref();
}
