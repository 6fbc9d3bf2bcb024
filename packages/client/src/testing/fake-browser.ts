import type { Browser, OpenPost, PageLife } from '../shared/ports.ts';

interface Waiting {
  readonly tab: FakeTab;
  readonly held: () => Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

interface Mail {
  readonly from: FakeTab;
  readonly message: unknown;
}

const aborted = (): Error => new DOMException('The lock was taken away', 'AbortError');

/** One tab of the fake browser: it may freeze, or go without a word. */
export class FakeTab implements Browser {
  readonly #browser: FakeBrowser;
  /** Requests for locks that have not come to the browser yet. */
  readonly asking: (() => void)[] = [];
  readonly #listeners = new Set<(change: 'visible' | 'hidden' | 'freezing' | 'thawed') => void>();
  visible = true;
  frozen = false;
  dead = false;

  constructor(browser: FakeBrowser) {
    this.#browser = browser;
  }

  readonly locks: Browser['locks'] = {
    request: (name, { steal = false, signal }, held) =>
      new Promise<void>((resolve, reject) => {
        const waiting: Waiting = { tab: this, held, resolve, reject };
        signal?.addEventListener('abort', () => this.#browser.withdraw(name, waiting), { once: true });
        const ask = (): void => {
          if (signal?.aborted) reject(aborted());
          else this.#browser.request(name, waiting, steal);
        };
        if (this.#browser.locksTakeTime) this.asking.push(ask);
        else ask();
      }),
  };

  readonly openPost: OpenPost = (name) => this.#browser.openPost(this, name);

  readonly page: PageLife = Object.defineProperty(
    {
      visible: true,
      listen: (listener: Parameters<PageLife['listen']>[0]) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
    },
    'visible',
    { get: () => this.visible },
  );

  /** Without a word to its code, as a debugger or a sleeping phone does it. */
  freeze(frozen: boolean): void {
    this.frozen = frozen;
  }

  show(visible: boolean): void {
    this.visible = visible;
    this.change(visible ? 'visible' : 'hidden');
  }

  /** The browser tells the page's code. */
  change(change: Parameters<Parameters<PageLife['listen']>[0]>[0]): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}

/**
 * The tabs of one browser with its locks and its posts; mail arrives when a test says so. So do requests for locks where
 * `locksTakeTime`, as in Chromium: those of one tab in their order, but before or after any mail and any other tab's.
 */
export class FakeBrowser {
  readonly tabs: FakeTab[] = [];
  locksTakeTime = false;
  readonly #locks = new Map<string, { holder: Waiting | null; queue: Waiting[] }>();
  readonly #boxes = new Set<{ tab: FakeTab; name: string; mail: Mail[]; read: (message: unknown) => void }>();

  open(): FakeTab {
    const tab = new FakeTab(this);
    this.tabs.push(tab);
    return tab;
  }

  /** As when its process is killed: nothing of it runs any more, and the browser frees what it held. */
  crash(tab: FakeTab): void {
    tab.dead = true;
    tab.asking.length = 0;
    for (const [name, lock] of this.#locks) {
      lock.queue = lock.queue.filter((waiting) => waiting.tab !== tab);
      if (lock.holder?.tab === tab) {
        lock.holder = null;
        this.#next(name);
      }
    }
    for (const box of [...this.#boxes]) if (box.tab === tab) this.#boxes.delete(box);
  }

  request(name: string, waiting: Waiting, steal: boolean): void {
    const lock = this.#lock(name);
    if (steal && lock.holder) {
      const robbed = lock.holder;
      lock.holder = null;
      lock.queue.unshift(waiting);
      robbed.reject(aborted());
    } else lock.queue.push(waiting);
    this.#next(name);
  }

  withdraw(name: string, waiting: Waiting): void {
    const lock = this.#lock(name);
    if (!lock.queue.includes(waiting)) return;
    lock.queue = lock.queue.filter((other) => other !== waiting);
    waiting.reject(aborted());
  }

  openPost(tab: FakeTab, name: string): ReturnType<OpenPost> {
    const box = { tab, name, mail: [] as Mail[], read: (_: unknown): void => {} };
    this.#boxes.add(box);
    return {
      send: (message) => {
        if (tab.dead) return;
        for (const other of this.#boxes) {
          if (other !== box && other.name === name)
            other.mail.push({ from: tab, message: structuredClone(message) });
        }
      },
      listen: (listener) => {
        box.read = listener;
      },
      close: () => this.#boxes.delete(box),
    };
  }

  /** How many boxes and tabs have something that can arrive now. */
  get waiting(): number {
    return this.#full().length;
  }

  /** The oldest message of the `index`-th box with mail arrives, or the oldest request of a tab for a lock. */
  deliver(index: number): void {
    const full = this.#full();
    full[index % Math.max(1, full.length)]?.();
  }

  #full(): (() => void)[] {
    const boxes = [...this.#boxes].filter(({ mail, tab }) => mail.length > 0 && !tab.frozen && !tab.dead);
    const asking = this.tabs.filter((tab) => tab.asking.length > 0);
    return [
      ...boxes.map((box) => () => box.read(box.mail.shift()?.message)),
      ...asking.map((tab) => () => tab.asking.shift()?.()),
    ];
  }

  #lock(name: string) {
    const lock = this.#locks.get(name) ?? { holder: null, queue: [] as Waiting[] };
    this.#locks.set(name, lock);
    return lock;
  }

  #next(name: string): void {
    const lock = this.#lock(name);
    const next = lock.holder ? undefined : lock.queue.shift();
    if (!next) return;
    lock.holder = next;
    const free = (): void => {
      if (lock.holder !== next) return;
      lock.holder = null;
      this.#next(name);
    };
    queueMicrotask(() => {
      if (lock.holder !== next) return;
      next.held().then(() => {
        free();
        next.resolve();
      }, next.reject);
    });
  }
}
