import type { Questions } from './child.ts';

type Handlers<Q extends Questions> = {
  readonly [K in keyof Q]: (ask: Q[K]['ask']) => Promise<Q[K]['answer']> | Q[K]['answer'];
};

/** The other end of a `Child`: answers until whoever asks is gone. */
export function answer<Q extends Questions>(handlers: Handlers<Q>): void {
  // A probe in the same process lets go of it.
  process.channel?.ref();
  process.on('message', ({ id, kind, ask }: { id: number; kind: keyof Q; ask: Q[keyof Q]['ask'] }) => {
    const handler = handlers[kind];
    // Others listen on the same channel: the probe.
    if (handler === undefined) return;
    Promise.resolve()
      .then(() => handler(ask))
      .then(
        (answer) => process.send?.({ id, answer }),
        (error: unknown) => process.send?.({ id, error: String(error) }),
      );
  });
}
