import type { BrowserContext, Page } from '@playwright/test';

export interface TabState {
  readonly kind: string;
  /** In ms since the page began to load, by the page's own clock: a busy test runner does not count. */
  readonly at: number;
}

/** Has every page of the context note what its connection shows, from the first moment on. */
export const noteStates = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    const states: TabState[] = [];
    Object.assign(window, { states });
    new MutationObserver(() => {
      const shown = document.querySelector('[data-connection]');
      if (!shown) return;
      const label = /offline/i.test(shown.textContent ?? '') ? 'offline' : null;
      const kind = label ?? shown.getAttribute('data-connection') ?? '';
      if (states.at(-1)?.kind !== kind) states.push({ kind, at: performance.now() });
    }).observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
  });

export const statesOf = (page: Page): Promise<readonly TabState[]> =>
  page.evaluate(() => [...Object(window).states]);

/** How long each time took from the first sign that it was not live until it was, in ms. */
export function waitsOf(states: readonly TabState[]): number[] {
  const waits: number[] = [];
  let since: number | null = null;
  for (const { kind, at } of states) {
    if (kind !== 'online') since ??= at;
    else if (since !== null) {
      waits.push(at - since);
      since = null;
    }
  }
  return waits;
}
