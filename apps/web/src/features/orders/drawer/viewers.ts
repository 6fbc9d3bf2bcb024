/** Who else looks at one order: by user, since one connection may serve several tabs of a person. */
export type Viewers = ReadonlyMap<string, { readonly name: string; readonly at: number }>;

/** Told anew in this rhythm, in ms, as long as somebody looks. */
export const REPEAT_MS = 20_000;
/** Forgotten after this long without a word: a crash says no goodbye. */
export const FORGET_MS = 45_000;

interface Looked {
  readonly userId: string;
  readonly name: string;
  /** Null: looks at no order any more, at least not where the word came from. */
  readonly orderId: string | null;
}

/** What one signal means for who looks at `orderId`. Another order says nothing of this one: it may be another tab. */
export function withSignal(viewers: Viewers, looked: Looked, orderId: string, now: number): Viewers {
  if (looked.orderId === orderId) return new Map(viewers).set(looked.userId, { name: looked.name, at: now });
  if (looked.orderId !== null || !viewers.has(looked.userId)) return viewers;
  return new Map([...viewers].filter(([userId]) => userId !== looked.userId));
}

export function withoutSilent(viewers: Viewers, now: number): Viewers {
  const heard = [...viewers].filter(([, { at }]) => now - at < FORGET_MS);
  return heard.length === viewers.size ? viewers : new Map(heard);
}
