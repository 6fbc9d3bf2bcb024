export type ToServer =
  | { kind: 'command' }
  | { kind: 'plain' }
  | { kind: 'load'; via: 'desk' | 'plain'; count: number; rate: number }
  | { kind: 'stop' };

export type FromServer =
  | { kind: 'ready'; desk: string; plain: string; token: string }
  /** `at`: nanoseconds of the machine's monotonic clock. */
  | { kind: 'sent'; id: string; at: string };
