export type ToServer =
  | { kind: 'command' }
  | { kind: 'plain' }
  | { kind: 'load'; via: 'desk' | 'plain'; count: number; rate: number }
  | { kind: 'stop' };

export type FromServer =
  | { kind: 'ready'; desk: string; plain: string; token: string }
  /** A load begins; `last` is the place of its last event. */
  | { kind: 'loading'; last: number }
  /** `at`: nanoseconds of the machine's monotonic clock. */
  | { kind: 'sent'; id: string; at: string };
