import type { Account } from '../http/account.ts';

/** The server was not reached: asked again after this, in ms. */
const ASK_AGAIN_MS = 1000;
/** A handshake that is refused though the server knows who is signed in is tried again this often. */
const MOST_TRIES = 3;
const TRY_AGAIN_MS = 500;

export interface SessionCheckPorts {
  /** Whose page this is. */
  readonly user: string;
  /** Who is signed in in this browser now, by the server's word. Rejects where it is not reached. */
  ask(): Promise<Pick<Account, 'id'> | null>;
  /** Whether the connection waits for a sign-in. */
  refused(): boolean;
  connect(): void;
  /** Nobody is signed in. */
  signIn(): void;
  /** Somebody else is. */
  startAnew(): void;
}

/**
 * Whether whoever a page is of is still signed in. What says that they are not may be about a session of before: a
 * handshake that was under way, another tab, a page from the browser's memory. So nothing is done at its word; the server
 * is asked, with the cookie of now.
 */
export class SessionCheck {
  readonly #ports: SessionCheckPorts;
  #asking = false;
  /**
   * There was another sign while the server was being asked: its answer may be older than that, so it is asked
   * again.
   */
  #again = false;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(ports: SessionCheckPorts) {
    this.#ports = ports;
  }

  /** Something says that the session may be over. */
  look(): void {
    if (this.#stopped) return;
    this.#again = true;
    if (!this.#asking) void this.#ask();
  }

  /** The server, or the tab that did it, says that somebody else has signed in: this page is theirs to begin anew. */
  isOther(): void {
    if (this.#stopped) return;
    this.stop();
    this.#ports.startAnew();
  }

  /** The connection stands: the session is good. */
  settled(): void {
    this.#tries = 0;
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    let account: Pick<Account, 'id'> | null | undefined;
    while (this.#again) {
      this.#again = false;
      account = await this.#ports.ask().catch(() => undefined);
    }
    this.#asking = false;
    if (this.#stopped) return;
    if (account === undefined) this.#later(ASK_AGAIN_MS, () => this.look());
    else if (account === null) this.#ports.signIn();
    else if (account.id !== this.#ports.user) this.isOther();
    else if (this.#ports.refused()) this.#tryAgain();
  }

  /**
   * Connects again, a few times. If the socket is still refused though the session is good, something on the
   * way drops its cookie, and the page says that it is refused.
   */
  #tryAgain(): void {
    if (this.#tries === MOST_TRIES) return;
    this.#later(this.#tries * TRY_AGAIN_MS, () => this.#ports.connect());
    this.#tries += 1;
  }

  #later(ms: number, run: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(run, ms);
  }
}
