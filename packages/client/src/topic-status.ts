import type { Failure } from '@almenara/events';

export type TopicStatus =
  /** No snapshot yet. */
  | { readonly kind: 'loading' }
  /** What is shown is what the server has told of, up to `seq`. */
  | { readonly kind: 'live'; readonly seq: number }
  /** What is shown stands at `seq` and newer events may exist. */
  | {
      readonly kind: 'behind';
      readonly seq: number;
      readonly reason: 'offline' | 'resuming' | 'missing_events';
    }
  /** Not tried again before the next connect. */
  | { readonly kind: 'refused'; readonly error: Failure };

export function sameStatus(a: TopicStatus, b: TopicStatus): boolean {
  if (a.kind === 'live') return b.kind === 'live' && a.seq === b.seq;
  if (a.kind === 'behind') return b.kind === 'behind' && a.seq === b.seq && a.reason === b.reason;
  if (a.kind === 'refused') return b.kind === 'refused' && a.error === b.error;
  return b.kind === 'loading';
}
