/** The part of the browser's `LockManager` that is needed. */
export interface Locks {
  /**
   * Resolves when `held` has, and rejects with an AbortError when `signal` ends the wait or somebody steals the lock.
   * `steal` and `signal` exclude each other.
   */
  request(
    name: string,
    options: { readonly steal?: boolean; readonly signal?: AbortSignal },
    held: () => Promise<void>,
  ): Promise<unknown>;
}

/** One name under which tabs post; nobody hears what they posted themselves. */
export interface Post {
  send(message: unknown): void;
  listen(listener: (message: unknown) => void): void;
  close(): void;
}

export type OpenPost = (name: string) => Post;

/** What is known of the page that a tab shows. */
export interface PageLife {
  readonly visible: boolean;
  /** Until the returned function is called. `freezing`: no code of ours runs until `thawed`. */
  listen(listener: (change: 'visible' | 'hidden' | 'freezing' | 'thawed') => void): () => void;
}

export interface Browser {
  readonly locks: Locks;
  readonly openPost: OpenPost;
  readonly page: PageLife;
}
